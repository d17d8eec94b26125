// SPDX-License-Identifier: GPL-2.0-or-later
// Lucene as a peer to measure against, driven by tests/bench/peers.sh.
//
//   Peer index FILE.jsonl FOLDER        indexes id, and title and text as one stemmed field with positions, all stored
//   Peer search FOLDER QUERIES ROUNDS   times queries as tests/bench/query_bench does: lines of kind, tab, query; kinds
//                                       that begin with "and" want all words, "phrase" the phrase, others any word
//   Peer scriptindex FILE.jsonl         writes the records as Xapian Omega's scriptindex reads them
//
// Stop words are indexed, and count in phrases; other queries leave them out, as dossier does. Times are of processor,
// of one thread, in milliseconds; of each query the fastest of its rounds counts.
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.MMapDirectory;

public final class Peer {
    private static final Set<String> ID = Collections.singleton("id");

    private Peer() {}

    /** The string members of a flat JSON object; other members are passed over. */
    private static Map<String, String> members(String line) {
        Map<String, String> members = new HashMap<>();
        int depth = 0;
        String name = null;
        boolean value = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '{' || c == '[') depth++;
            else if (c == '}' || c == ']') depth--;
            else if (c == ':' && depth == 1) value = true;
            else if (c == ',' && depth == 1) value = false;
            else if (c == '"') {
                StringBuilder text = new StringBuilder();
                for (i++; line.charAt(i) != '"'; i++) {
                    if (line.charAt(i) != '\\') {
                        text.append(line.charAt(i));
                        continue;
                    }
                    c = line.charAt(++i);
                    int at = "nrtbf".indexOf(c);
                    if (c == 'u') {
                        text.append((char) Integer.parseInt(line.substring(i + 1, i + 5), 16));
                        i += 4;
                    } else {
                        text.append(at < 0 ? c : "\n\r\t\b\f".charAt(at));
                    }
                }
                if (depth == 1 && value) members.put(name, text.toString());
                else if (depth == 1) name = text.toString();
            }
        }
        return members;
    }

    private static String textOf(Map<String, String> record) {
        String title = record.getOrDefault("title", ""), text = record.getOrDefault("text", "");
        return text.startsWith(title) ? text : title + "\n" + text;
    }

    private static Analyzer analyzer() {
        return new EnglishAnalyzer(CharArraySet.EMPTY_SET);
    }

    private static void index(String file, String folder) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(analyzer()).setRAMBufferSizeMB(256);
        try (FSDirectory directory = FSDirectory.open(Paths.get(folder));
                IndexWriter writer = new IndexWriter(directory, config);
                BufferedReader in = Files.newBufferedReader(Paths.get(file))) {
            for (String line; (line = in.readLine()) != null; ) {
                Map<String, String> record = members(line);
                Document document = new Document();
                document.add(new StringField("id", record.getOrDefault("id", ""), Field.Store.YES));
                document.add(new TextField("text", textOf(record), Field.Store.YES));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
    }

    private static void scriptindex(String file) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(Paths.get(file));
                PrintWriter out = new PrintWriter(
                        new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)))) {
            for (String line; (line = in.readLine()) != null; ) {
                Map<String, String> record = members(line);
                out.println("id=" + record.getOrDefault("id", "").replace('\n', ' '));
                out.println("text=" + textOf(record).replace("\r", "").replace("\n", "\n="));
                out.println();
            }
        }
    }

    private static final class Timed {
        String kind;
        String text;
        double best = Double.MAX_VALUE;
    }

    private static List<String> terms(Analyzer analyzer, String text) throws IOException {
        List<String> terms = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("text", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) terms.add(term.toString());
            stream.end();
        }
        return terms;
    }

    private static Query query(Analyzer all, Analyzer telling, Timed timed) throws IOException {
        if (timed.kind.startsWith("phrase")) {
            PhraseQuery.Builder phrase = new PhraseQuery.Builder();
            for (String term : terms(all, timed.text)) phrase.add(new Term("text", term));
            return phrase.build();
        }
        List<String> terms = terms(telling, timed.text);
        if (terms.isEmpty()) terms = terms(all, timed.text);
        BooleanClause.Occur occur =
                timed.kind.startsWith("and") ? BooleanClause.Occur.MUST : BooleanClause.Occur.SHOULD;
        BooleanQuery.Builder builder = new BooleanQuery.Builder();
        for (String term : new LinkedHashSet<>(terms)) builder.add(new TermQuery(new Term("text", term)), occur);
        return builder.build();
    }

    private static void report(List<Timed> queries, String kind) {
        double[] times = queries.stream().filter(q -> kind.isEmpty() || q.kind.equals(kind))
                .mapToDouble(q -> q.best).sorted().toArray();
        if (times.length == 0) return;
        System.out.printf("%-12s %-26s %5d %9.3f %9.3f %9.3f%n", kind.isEmpty() ? "all" : kind, "Lucene BM25, ids",
                times.length, times[times.length / 2], times[times.length * 95 / 100], times[times.length * 99 / 100]);
    }

    private static void search(String folder, String file, int rounds) throws IOException {
        List<Timed> queries = new ArrayList<>();
        for (String line : Files.readAllLines(Paths.get(file))) {
            int tab = line.indexOf('\t');
            if (tab < 0) continue;
            Timed timed = new Timed();
            timed.kind = line.substring(0, tab);
            timed.text = line.substring(tab + 1);
            queries.add(timed);
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Analyzer all = analyzer(), telling = new EnglishAnalyzer();
        long hits = 0;
        try (DirectoryReader reader = DirectoryReader.open(new MMapDirectory(Paths.get(folder)))) {
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setQueryCache(null); /* the same query again must be work again */
            int warm = 40; /* rounds until the compiler is done */
            for (int round = -warm; round < rounds; round++)
                for (Timed timed : queries) {
                    long started = threads.getCurrentThreadCpuTime();
                    for (ScoreDoc hit : searcher.search(query(all, telling, timed), 10).scoreDocs)
                        hits += searcher.doc(hit.doc, ID).get("id").length();
                    double took = (threads.getCurrentThreadCpuTime() - started) / 1e6;
                    if (round >= 0) timed.best = Math.min(timed.best, took);
                }
        }
        if (hits == 0) System.err.println("Peer: nothing was found");
        report(queries, "");
        Set<String> kinds = new LinkedHashSet<>();
        for (Timed timed : queries) kinds.add(timed.kind);
        for (String kind : kinds) report(queries, kind);
    }

    public static void main(String[] args) throws IOException {
        List<String> given = Arrays.asList(args);
        if (given.size() == 3 && args[0].equals("index")) index(args[1], args[2]);
        else if (given.size() == 2 && args[0].equals("scriptindex")) scriptindex(args[1]);
        else if (given.size() == 4 && args[0].equals("search")) search(args[1], args[2], Integer.parseInt(args[3]));
        else {
            System.err.println("usage: Peer index FILE FOLDER | search FOLDER QUERIES ROUNDS | scriptindex FILE");
            System.exit(2);
        }
    }
}
