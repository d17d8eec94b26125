/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The language of a text. The sentences were written for this test. */
#include "helper.h"

#include <string.h>

static struct analyser *analyser;

static int setup(void **state)
{
    (void)state;
    return analyser_new(&analyser);
}

static int teardown(void **state)
{
    (void)state;
    analyser_free(analyser);
    return 0;
}

static const char *told(const char *text)
{
    static char code[8];
    struct span span = analyser_language(analyser, span_of(text));
    assert_true(span.length < sizeof code);
    memcpy(code, span.length ? span.data : "-", span.length ? span.length : 1);
    code[span.length ? span.length : 1] = '\0';
    return code;
}

static const struct {
    const char *code, *text;
} samples[] = {
    {"en",
     "The minister said that they had not been told of the fire until the evening, and that it would be looked into."},
    {"de", "Der Minister sagte, dass man erst am Abend von dem Brand erfahren habe und die Sache nun geprüft werde."},
    {"fr",
     "Le ministre a dit que les pompiers n'avaient pas été prévenus avant le soir et qu'une enquête était en cours."},
    {"es", "El ministro dijo que no se supo nada del incendio hasta la noche y que ahora se va a estudiar el caso."},
    {"pt", "O ministro disse que não se soube do incêndio até à noite e que agora o caso será estudado pela polícia."},
    {"it",
     "Il ministro ha detto che non si è saputo nulla dell'incendio fino alla sera e che ora il caso sarà studiato."},
    {"nl",
     "De minister zei dat men pas in de avond van de brand hoorde en dat de zaak nu door de politie wordt bekeken."},
    {"sv", "Ministern sade att man inte fick veta något om branden förrän på kvällen och att saken nu ska utredas."},
    {"da",
     "Ministeren sagde, at man ikke fik noget at vide om branden før om aftenen, og at sagen nu bliver undersøgt."},
    {"no",
     "Ministeren sa at man ikke fikk vite noe om brannen før om kvelden, og at saken nå blir undersøkt av politiet."},
    {"fi",
     "Ministeri sanoi, että palosta ei tiedetty mitään ennen iltaa ja että asia on nyt poliisin tutkittavana, mutta "
     "se ei ole vielä valmis."},
    {"hu", "A miniszter azt mondta, hogy a tűzről csak este szereztek tudomást, és hogy az ügyet most a rendőrség "
           "vizsgálja."},
    {"pl", "Minister powiedział, że o pożarze nie wiedziano aż do wieczora i że sprawą zajmuje się już policja, która "
           "jest na miejscu."},
    {"cs", "Ministr řekl, že se o požáru nevědělo až do večera a že případ je už nyní na policii, která ale ještě nic "
           "nezjistila."},
    {"ro",
     "Ministrul a spus că nu s-a știut nimic despre incendiu până seara și că acum cazul este cercetat de poliție."},
    {"tr", "Bakan, yangının ancak akşam öğrenildiğini ve bu olayın şimdi polis tarafından araştırıldığını söyledi; "
           "daha çok bilgi yok."},
    {"ca", "El ministre va dir que no es va saber res de l'incendi fins al vespre i que ara el cas serà estudiat per "
           "la policia amb els bombers."},
    {"id",
     "Menteri mengatakan bahwa kebakaran itu baru diketahui pada malam hari karena tidak ada yang bisa dihubungi."},
    {"ms", "Menteri berkata bahawa kebakaran itu hanya diketahui pada waktu malam kerana tiada sesiapa yang boleh "
           "dihubungi."},
    {"tl",
     "Sinabi ng ministro na hindi nila nalaman ang tungkol sa sunog hanggang gabi at ito ay sinisiyasat na ng pulis."},
    {"vi", "Bộ trưởng cho biết đám cháy chỉ được phát hiện vào buổi tối và vụ việc này đang được công an điều tra."},
    {"ru", "Министр сказал, что о пожаре не знали до вечера и что этим делом уже занимается полиция, но пока без "
           "результата."},
    {"uk", "Міністр сказав, що про пожежу не знали до вечора і що цією справою вже займається поліція, але ще без "
           "наслідків."},
    {"bg", "Министърът каза, че за пожара не се е знаело до вечерта и че случаят вече се разследва от полицията, но "
           "без резултат."},
    {"sr",
     "Министар је рекао да се за пожар није знало до вечери и да је случај сада код полиције, али још без исхода."},
    {"el", "Ο υπουργός είπε ότι η φωτιά έγινε γνωστή μόλις το βράδυ."},
    {"hy", "Նախարարն ասաց, որ հրդեհի մասին իմացել են միայն երեկոյան։"},
    {"he", "השר אמר כי על השריפה לא ידעו עד הערב וכי המקרה הזה נבדק על ידי המשטרה אבל עוד אין תוצאות"},
    {"yi", "דער מיניסטער האט געזאגט אז מען האט ניט געוואוסט וועגן דעם פייער און די פאליציי איז שוין דארט"},
    {"ar", "قال الوزير إن أحدا لم يعلم عن الحريق حتى المساء وإن الشرطة تحقق الآن في هذا الأمر الذي لم ينته بعد"},
    {"fa", "وزیر گفت که تا شب کسی از آتش سوزی خبر نداشت و پلیس این موضوع را بررسی می کند و باید منتظر بود"},
    {"ur", "وزیر نے کہا کہ شام تک آگ کے بارے میں کسی کو علم نہیں تھا اور پولیس اس کی جانچ کر رہی ہے"},
    {"hi", "मंत्री ने कहा कि शाम तक आग के बारे में किसी को पता नहीं था और पुलिस इस मामले की जांच कर रही है"},
    {"ne", "मन्त्रीले भने कि साँझसम्म आगलागीको बारेमा थाहा थिएन र यो घटना प्रहरी ले हेरेको छ तथा पनि काम गर्न बाँकी छ"},
    {"mr", "मंत्री म्हणाले की संध्याकाळपर्यंत आग लागल्याचे माहीत नव्हते आणि हा तपास पोलीस करत आहेत पण ते काम होते असे नाही"},
    {"bn", "মন্ত্রী বলেছেন যে সন্ধ্যা পর্যন্ত আগুনের কথা জানা ছিল না।"},
    {"ta", "மாலை வரை தீ விபத்து பற்றி தெரியாது என்று அமைச்சர் கூறினார்."},
    {"th", "รัฐมนตรีกล่าวว่าไม่มีใครรู้เรื่องไฟไหม้จนถึงตอนเย็น"},
    {"lo", "ລັດຖະມົນຕີກ່າວວ່າບໍ່ມີໃຜຮູ້ກ່ຽວກັບໄຟໄໝ້"},
    {"km", "រដ្ឋមន្ត្រីបាននិយាយថាគ្មាននរណាដឹងអំពីអគ្គីភ័យទេ"},
    {"my", "မီးလောင်မှုအကြောင်း ညနေအထိ မသိခဲ့ရဟု ဝန်ကြီးက ပြောသည်"},
    {"ka", "მინისტრმა თქვა, რომ ხანძრის შესახებ საღამომდე არ იცოდნენ."},
    {"ko", "장관은 저녁까지 화재에 대해 알지 못했다고 말했다."},
    {"ja", "大臣は、夕方まで火事のことを知らなかったと述べた。"},
    {"zh", "部长说,直到晚上才知道火灾的事情,警方正在调查。"},
    {"zh", "部長說,直到晚上才知道火災的事情,警方正在調查。"},
};

static void test_detect__tells_each_language(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        if (strcmp(told(samples[i].text), samples[i].code) != 0)
            fail_msg("'%s' for %s", told(samples[i].text), samples[i].text);
}

static void test_detect__case_does_not_matter(void **state)
{
    (void)state;
    assert_string_equal(told("THE MINISTER SAID THAT THEY HAD NOT BEEN TOLD OF THE FIRE UNTIL THE EVENING"), "en");
    assert_string_equal(told("МИНИСТР СКАЗАЛ, ЧТО О ПОЖАРЕ НЕ ЗНАЛИ ДО ВЕЧЕРА И ЧТО ЭТО УЖЕ ДЕЛО ПОЛИЦИИ"), "ru");
}

static void test_detect__says_nothing_of_what_is_unclear(void **state)
{
    (void)state;
    assert_string_equal(told(""), "-");
    assert_string_equal(told("Cyber crime"), "-");
    assert_string_equal(told("日本"), "-");
    assert_string_equal(told("7-APR JUN7 9431H 9430L 9434 9429 SEP7 9425 9429 9424 DEC7 9421 9423 9418"), "-");
    assert_string_equal(told("mmc: sunxi: add SDHC support for sun6i/sun7i/sun8i"), "-");
    assert_string_equal(told("s s s s s s d d d d l l l l i i i i"), "-");
    assert_string_equal(told("Tokyo Osaka Nagoya 東京大阪名古屋 Москва Киев Минск"), "-");
    assert_string_equal(told("\xFF\xFE\x80\x80 the of and to in is that for it was \xFF"), "en");
}

static void test_detect__name_in_another_script_is_no_other_language(void **state)
{
    (void)state;
    assert_string_equal(told("The bureau (警察庁) said that it was not aware of the report, and would look into it."),
                        "en");
    assert_string_equal(told("大臣は ASEAN と UNODC の会合について、夕方まで知らなかったと述べた。"), "ja");
}

static void test_detect__looks_at_the_middle_of_a_long_text(void **state)
{
    static char text[40000];
    size_t length = 0;
    (void)state;
    const char *menu = "| Home | News | Contact | Login | Search | Cookies | Terms | Privacy | Help | Sitemap ";
    while (length < 4000) length += (size_t)snprintf(text + length, sizeof text - length, "%s", menu);
    while (length < 30000) length += (size_t)snprintf(text + length, sizeof text - length, "%s ", samples[1].text);
    assert_string_equal(told(text), "de");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_detect__tells_each_language),
        cmocka_unit_test(test_detect__case_does_not_matter),
        cmocka_unit_test(test_detect__says_nothing_of_what_is_unclear),
        cmocka_unit_test(test_detect__name_in_another_script_is_no_other_language),
        cmocka_unit_test(test_detect__looks_at_the_middle_of_a_long_text),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
