/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The little words by which a language is told from others of its script: written down for dossier from general
 * knowledge of the languages, some fifty for each, in lower case with their marks. Words of neighbours are in both
 * lists where both use them; what tells them apart are the words that only one has. */
#include "detect.h"

const struct detect_language detect_languages[DETECT_LANGUAGES] = {
    {"en",
     "a the of and to in is that for it was on are as with his they at be this from have or by one had not but what "
     "all were when we there can an your which their said if do will each about how up out them then she many some "
     "these would other into has more her two like him see could no make than been its who now my did get"},
    {"de",
     "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat "
     "dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis "
     "mehr durch man sein wurde sei kann gegen vom schon wenn habe seine ihre unter wir soll ich eines wurden"},
    {"fr", "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont la avec son "
           "aux on qu mais comme ou si leur y dont été cette ont elle être deux ses fait aussi nous vous tout "
           "même sa était ces leurs entre sans peut depuis après encore lui je très où bien"},
    {"es", "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin "
           "sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque "
           "qué sólo han yo hay vez puede todos así nos ni parte tiene él uno donde bien tiempo esto cada"},
    {"pt",
     "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua "
     "ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter "
     "seus quem nas me esse eles estão você tinha foram essa num nem suas meu às minha são pode"},
    {"it",
     "di e il la che è in un a per non una sono con del si da come le dei nel della i al più ma lo anche alla delle "
     "gli ha dal nella su se o ci questo essere ed ai cui era degli dalla suo due stato hanno dell loro prima fatto "
     "sua questa quando tra ancora nei tutti tutto dopo sul può così solo già quella sia"},
    {"nl",
     "de van het een en in is dat op te zijn voor met die niet aan er om dan hij als bij ook ze uit of naar maar "
     "heeft tot door over worden wordt nog deze hebben was wel meer kan dit geen je ik zich moet hun zou wat werd "
     "haar al we onder zo kunnen daar veel tegen omdat alle waren moeten andere na zal mijn hoe u"},
    {"sv",
     "och i att det som en på är av för med den till inte har de ett om var jag men sig så vi från kan han ska nu "
     "när ut man eller då sin efter vid hade blir upp bara över också mot under här varit sedan år mer alla utan "
     "mycket skulle denna få honom hon hans detta in där du blev än finns dessa något"},
    {"da",
     "og i at det er en til på som af for med den de ikke der et har om var jeg men sig fra kan han vil skal nu når "
     "ud man eller så sin efter ved havde bliver op kun over også mod under her været siden år mere alle uden meget "
     "skulle denne få ham hun hans dette ind hvor du blev end nogle disse være hvis af vores"},
    {"no",
     "og i å det er en til på som av for med den de ikke at et har om var jeg men seg fra kan han vil skal nå når ut "
     "man eller så sin etter ved hadde blir opp bare over også mot under her vært siden år mer alle uten mye skulle "
     "denne få ham hun hans dette inn hvor du ble enn noen disse være hvis ikkje eit ein vart frå"},
    {"fi",
     "ja on ei se että oli hän en mutta ovat kun niin kuin ole myös tai joka mukaan sen jos vain voi mitä jo ollut "
     "hänen minä sitä ne jotka nyt sekä olisi vielä kanssa siitä koko tämä me eivät siinä mikä tämän he jälkeen "
     "olla kaikki joita nämä hyvin sillä ennen vaan sitten noin vastaan kuitenkin ollaan mukana voidaan käyttää onko "
     "ettei eikä tähän myös voit joka jonka jossa kuten kunnes ilman kun anna vai sitä"},
    {"hu",
     "a az és hogy nem is egy ez meg de volt csak el már mint még ha azt kell ki vagy van le be fel minden amely "
     "lehet más után ezt nagy pedig sem aki több az ami ezek azok ilyen által között majd akkor itt ott most első "
     "magyar két nincs így úgy ahol szerint során valamint illetve lesz vannak"},
    {"pl", "i na się do nie że jest to o od jak po za dla ale a przez co czy są tak być oraz jego przed tym które "
           "który która był było już tylko ich może jako pod ze bez przy także gdy nad roku tego jej być była więc lub "
           "jeszcze między można aby ma mnie jeśli nawet bardzo się ten ta te został kiedy"},
    {"cs",
     "a se na je že do o i to ve pro za by si ale po jako od jsou jak tak bylo při nebo byl která které "
     "který co jeho podle být už než však také jen až jsem před má ze u ho této může tím jejich pokud této své roku "
     "mezi kde není proto není ještě bude pod nebyl tento není této však této"},
    {"ro",
     "de și în a la cu să nu pe că este o din un care mai ce sau al se pentru prin au fost ale ai dar cum lui după "
     "sunt fi dacă am ca cel sa era lor ei acest această între fără are numai doar până când despre fiecare avea "
     "toate într acesta ci asupra său unei unui ea el cele astfel poate şi"},
    {"tr",
     "ve bir bu da de için ile olarak çok daha en gibi o ne olan ise kadar sonra var ancak her ki ya değil mi ama "
     "göre iki şey bunu nasıl hem veya olduğu tarafından ben sen biz onun bütün arasında üzerinde böyle oldu şu "
     "olduğunu etti etmek eden kendi yok çünkü diye içinde büyük olması karşı tüm ise değildir yeni eğer değer "
     "olmalıdır her ad iken varsa lütfen yalnızca"},
    {"ca", "de la i el que a en un per les els una del al no es amb són és com més va ser dels o si també ha seva "
           "aquest aquesta però entre fins havia molt tot aquests sobre quan ja perquè seu on hi ho seus altres era "
           "sense pot han cada després anys fou estat aquestes qui"},
    {"eu", "eta da ez du ere bat izan zuen dute dira baina den egin hau hori zen bere duen beste gehiago arte edo dela "
           "egiten baino ditu oso bai horrek diren hala zer nahi esan behar guztiak honetan bezala zuten orduan"},
    {"ga",
     "an agus na ar a i go is le do sé ag bhí tá sa ach ní bhfuil nach seo sin siad mar den don as faoi nó féin ó "
     "leis san chun gach raibh orm bheith aon atá chuid"},
    {"lt",
     "ir yra kad iš į su bei tai buvo apie kaip ne jo po už nuo o ar bet dėl tik jis iki pagal jų kurie prie gali "
     "taip dar per būti jau šio ji kuris kai savo arba vis tarp metų kurių negalima yra ar šį šis ši visi visų kitų "
     "nėra jei galima"},
    {"hr", "i je u se na da za su od o a kao koji iz bio to ne sa koja bi što ili po ali nije do te biti samo koje "
           "njegov može više kako godine nakon već prema bila bilo još sve ima pri kada između"},
    {"id",
     "yang dan di untuk dengan dari dalam pada tidak ini itu adalah akan oleh juga sebagai ke atau karena telah "
     "bahwa mereka ada dapat lebih saat bisa kami kepada sudah tersebut saya harus hanya secara seperti antara para "
     "menjadi tahun orang hingga agar namun serta tak kita pun masih belum terhadap lain jika banyak setelah polisi "
     "mengatakan merupakan melakukan sejak perlu apabila semasa bagi turut boleh sehingga supaya tetapi daripada "
     "tiada beliau anda semua ketika beberapa sebelum berkas mungkin pengguna yaitu sedang sangat sering maupun"},
    {"ms",
     "yang dan di untuk dengan dari dalam pada tidak ini itu adalah akan oleh juga sebagai ke atau kerana telah "
     "bahawa mereka ada dapat lebih boleh kami kepada sudah tersebut saya perlu hanya secara seperti antara para "
     "menjadi tahun orang sehingga supaya tetapi serta kita beliau daripada ialah masih belum terhadap lain jika "
     "banyak selepas polis berkata merupakan iaitu kerajaan sejak manakala turut bagi apabila semasa sahaja tiada "
     "anda semua ketika beberapa sebelum fail mungkin pengguna hendaklah sedang sangat mahupun mesti cuma"},
    {"tl", "ang ng sa na at mga ay ni si para hindi ito may kay nang ko ka mo siya ako niya kung sila pa din rin pero "
           "lang naman po dahil nila isang kanyang ating kami natin ba wala mula upang bilang bago maging dapat lamang "
           "kapag noong kaya iyon tao namin habang muli"},
    {"vi",
     "và của là có được trong cho các với không một này những đã để khi từ đến người như về ra vào tại cũng thì do "
     "sẽ trên theo năm nhiều hơn đó sau phải bị hay nhưng còn lại mà chỉ nếu việc rất đang qua tôi bởi hoặc nước "
     "ông chúng mới cùng nên làm"},
    {"ru",
     "и в не на я быть он с что а по это она этот к но они мы весь который из у то за свой от так о для же все год "
     "как до его или если было бы был есть были может их при только также ее было этого уже чтобы более когда можно "
     "нет без под со где"},
    {"uk",
     "і в не на що з та до у як це за але від про його для бути був було є вона він які який яка або також щоб не "
     "може вже при так її зі якщо ми їх під час між року тільки після ще бо були ж цього через коли по буде"},
    {"bg",
     "и на да се от в за е с не по са че ще като но си до това към или който която които беше са при след през може "
     "има бяха както само само още бил тази този тези го му ако ги му във със между без около"},
    {"sr",
     "и је у се на да за су од са о а као који из био то не која би што или по али није до те бити само које његов "
     "може више како године након већ према била било још све има при када између"},
    {"ar",
     "في من على أن إلى عن التي الذي هذا مع ما لا كان هذه بعد قد كما هو هي أو ذلك بين لم كل حيث وقد إن غير خلال عند "
     "كانت الى قبل أي بن ثم منذ حتى حول إذا لها له به بها فيها وفي ومن"},
    {"fa", "و در به از که این را با است برای آن می های یک شود شده تا بود خود اما ها بر یا هم دو نیز کرد کند دارد باید "
           "اگر وی شد کرده بین سال آنها ما پس هر هیچ"},
    {"ur", "کے میں کی ہے کا اور سے کو نے پر کہ ہیں اس یہ تھا ایک بھی نہیں تو جو ہو کر گیا تھی وہ لیے ان ہی اپنے تک کیا "
           "بعد ساتھ کچھ گئی دیا"},
    {"hi", "के में की है का और से को ने पर हैं कि यह इस एक भी नहीं तो जो हो कर था लिए ही गया वह थे थी इन अपने तक साथ बाद "
           "किया जा रहा कहा या सकते करने दिया होता"},
    {"ne", "र को मा छ लाई ले पनि हो भएको गरेको यो एक छन् थियो तथा वा गर्न त्यो भने गर्ने हुने गरी अनि उनले रहेको भन्ने "
           "छैन नै हुन् गरिएको लागि बाट सबै"},
    {"mr", "आणि आहे या ने हा ही चा ची चे व हे त्या केली आहेत होते होता असे एक किंवा नाही तर केले मध्ये पण करून साठी त्यांनी "
           "त्याच्या होती काही"},
    {"he",
     "של את על לא הוא זה עם כי היא גם אל אם או יש כל אני היה מה בין אך לפני אבל אחר עוד רק כמו אשר הם אין יותר זו "
     "לאחר בו אחד ידי"},
    {"yi",
     "און די דער איז אין פון צו האט ניט מיט אויף דאס א פאר אז וואס איר זיך ער ווי אבער נאך זיי מען געווען אויך ביי"},
};
