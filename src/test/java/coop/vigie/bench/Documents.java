package coop.vigie.bench;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Made-up documents in the formats of real sources, the same for the same seed. */
enum Documents {
    /** RSS 2.0 and Atom, ten items each. */
    FEEDS("xml", 200) {
        @Override
        String document(int number, Calls calls) {
            return new String(new Feeds(SEED, 10).feed(number), StandardCharsets.UTF_8);
        }
    },

    /** Answers of TED's search interface, version 3, of a hundred notices. */
    TED("json", 20) {
        @Override
        String document(int number, Calls calls) {
            return IntStream.range(100 * number, 100 * number + 100)
                    .mapToObj(notice -> tedNotice(notice, calls))
                    .collect(Collectors.joining(
                            ",", "{\"notices\":[", "],\"totalNoticeCount\":2000,\"timedOut\":false}"));
        }
    },

    /** Contract notices in UBL with four lots. */
    EFORMS("xml", 300) {
        @Override
        String document(int number, Calls calls) {
            return EformsNotice.xml(number + 1, calls);
        }
    },

    /** Lists as WordPress shows them, 25 entries each, among menus and scripts. */
    HTML("html", 60) {
        @Override
        String document(int number, Calls calls) {
            return page(number, calls);
        }
    };

    private static final long SEED = 20261124;

    final String extension;
    private final int count;

    Documents(String extension, int count) {
        this.extension = extension;
        this.count = count;
    }

    abstract String document(int number, Calls calls);

    List<byte[]> all() {
        var calls = new Calls(SEED);
        return IntStream.range(0, count)
                .mapToObj(number -> document(number, calls).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static String tedNotice(int number, Calls calls) {
        LocalDate deadline = LocalDate.parse("2026-12-01").plusDays(number % 40);
        String title = calls.text(9);
        return """
                {"publication-number":"%1$d-2026","publication-date":"2026-11-20+01:00",
                "notice-identifier":"11111111-2222-4333-8444-%2$012d","notice-version":"01",
                "procedure-identifier":"aaaaaaaa-bbbb-4ccc-8ddd-%2$012d","notice-type":"cn-standard","form-type":"competition",
                "notice-title":{"fra":"Belgique – %3$s","nld":"België – %3$s","eng":"Belgium – %3$s","deu":"Belgien – %3$s"},
                "title-proc":{"fra":"%3$s"},"description-proc":{"fra":["%4$s"]},
                "buyer-name":{"fra":["%5$s"]},"buyer-country":["BEL"],"identifier-lot":["LOT-0001","LOT-0002"],
                "deadline-receipt-tender-date-lot":["%6$s+01:00","%6$s+01:00"],
                "deadline-receipt-tender-time-lot":["10:00:00+01:00","11:30:00+01:00"],
                "classification-cpv":["%7$s","%8$s"],"place-of-performance":["%9$s"],
                "official-language":["FRA"],"submission-language":["FRA"],"document-url-lot":["https://docs.example.org/%1$d"],
                "links":{"html":{"ENG":"https://ted.example.org/en/%1$d-2026","FRA":"https://ted.example.org/fr/%1$d-2026"}}}
                """.formatted(
                        500_000 + number,
                        number,
                        title,
                        calls.text(150),
                        calls.text(4),
                        deadline,
                        calls.cpv(),
                        calls.cpv(),
                        calls.place());
    }

    private static String page(int number, Calls calls) {
        String menu = IntStream.range(0, 60)
                .mapToObj(i -> "<li class=\"menu-item\"><a href=\"/menu/%d/\"><span>%s</span></a></li>"
                        .formatted(i, Calls.word(i + 200)))
                .collect(Collectors.joining("\n"));
        String entries = IntStream.range(25 * number, 25 * number + 25)
                .mapToObj(entry ->
                        """
                        <article id="post-%1$d" class="post type-post hentry"><header><h2 class="entry-title"><a href="https://calls.example.org/appel-%1$d/" rel="bookmark">%2$s</a></h2>
                        <time class="entry-date published" datetime="2026-11-%3$02dT09:30:00+01:00">%3$d novembre 2026</time></header>
                        <div class="entry-summary"><p>%4$s. Les candidatures sont attendues jusqu’au %5$d janvier 2027 inclus.</p>
                        <a class="more" href="https://calls.example.org/appel-%1$d/#more">Lire la suite</a></div></article>
                        """.formatted(1_000 + entry, calls.text(8), 1 + entry % 20, calls.text(60), 1 + entry % 28))
                .collect(Collectors.joining());
        return """
                <!DOCTYPE html>
                <html lang="fr-FR"><head><meta charset="UTF-8"><title>Appels à projets</title>
                <link rel="stylesheet" href="/style.css"><script>var settings = {"ajax": "/wp-admin/admin-ajax.php"};</script></head>
                <body class="archive"><nav><ul>%s</ul></nav><main id="main">%s</main>
                <footer><p>%s</p></footer></body></html>
                """.formatted(menu, entries, calls.text(40));
    }
}
