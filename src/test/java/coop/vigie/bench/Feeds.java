package coop.vigie.bench;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Made-up feeds of calls in French, Dutch and English, the same for the same seed: RSS 2.0 as WordPress writes it, and Atom 1.0,
 * in turn. Titles and ids are such that every reader gives them as they are written.
 */
final class Feeds {

    private static final DateTimeFormatter RFC_1123 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    /** What a language says in titles (kind and number, topic, place), in texts, and of deadlines. */
    private record Tongue(
            String code, List<String> titles, String topics, List<String> sentences, String deadline, String months) {

        String topic(int number) {
            return topics.split(", ")[number];
        }

        String month(int number) {
            return months.split(" ")[number];
        }
    }

    private static final int TOPICS = 12;
    private static final int MONTHS = 5;
    private static final List<String> PLACES = List.of(
            "Namur",
            "Liège",
            "Charleroi",
            "Mons",
            "Tournai",
            "Arlon",
            "Gent",
            "Brugge",
            "Hasselt",
            "Leuven",
            "Mechelen",
            "Oostende",
            "Kortrijk",
            "Aalst",
            "Verviers",
            "Eupen",
            "Dinant",
            "Wavre",
            "Nivelles");

    private static final List<Tongue> TONGUES = List.of(
            new Tongue(
                    "fr",
                    List.of(
                            "Appel à projets n° %d : %s à %s",
                            "Subvention %d pour %s à %s", "Appel à candidatures %d : %s, %s"),
                    "résidences d’artistes, animation de quartiers, médiation scolaire, potagers collectifs, ateliers de réparation,"
                            + " maisons médicales, mobilité douce, alphabétisation, théâtre jeunesse, rénovation énergétique, archives sonores, sport inclusif",
                    List.of(
                            "La ville soutient des projets qui rapprochent habitants, associations et artistes autour d’un lieu partagé.",
                            "Le montant accordé couvre au plus les trois quarts des frais admis, hors équipement lourd.",
                            "Les candidatures présentent l’équipe, un calendrier, un budget équilibré et les publics visés.",
                            "Un jury indépendant retient les dossiers selon leur qualité, leur ancrage local et leur faisabilité.",
                            "Les porteurs débutants peuvent demander une séance d’accompagnement avant de déposer leur dossier."),
                    "Date limite de dépôt : %d %s %d à 16h.",
                    "mars avril mai juin septembre"),
            new Tongue(
                    "nl",
                    List.of("Projectoproep %d: %s in %s", "Subsidie %d voor %s in %s", "Oproep %d: %s, %s"),
                    "ruimte voor buurtwerk, circulaire ondernemers, digitale geletterdheid, volkstuinen, herstelcafés, wijkgezondheid,"
                            + " deelfietsen, taallessen, jeugdtheater, woningisolatie, klankarchieven, sport voor iedereen",
                    List.of(
                            "De stad steunt projecten die bewoners, verenigingen en makers samenbrengen rond een gedeelde plek.",
                            "De bijdrage dekt ten hoogste driekwart van de aanvaarde kosten, zonder zware uitrusting.",
                            "Aanvragers stellen hun ploeg, een planning, een sluitende begroting en hun publiek voor.",
                            "Een onafhankelijke jury kiest op kwaliteit, lokale verankering en haalbaarheid.",
                            "Wie voor het eerst indient, kan vooraf een gesprek met een begeleider aanvragen."),
                    "Indienen kan tot %d %s %d om 16 uur.",
                    "maart april mei juni september"),
            new Tongue(
                    "en",
                    List.of("Call %d for proposals: %s in %s", "Grant %d for %s in %s", "Open call %d: %s, %s"),
                    "shared workshops, digital skills, mobility of artists, community gardens, repair cafés, neighbourhood health,"
                            + " cargo bikes, language lessons, theatre for children, insulation, sound archives, inclusive sports",
                    List.of(
                            "The programme supports projects that bring residents, associations and artists together in one place.",
                            "The grant covers at most three quarters of eligible costs, heavy equipment excluded.",
                            "Applicants describe their team, a timetable, a balanced budget and the people they want to reach.",
                            "An independent jury selects on quality, on roots in the neighbourhood and on feasibility.",
                            "Newcomers may ask for a conversation with an adviser before they apply."),
                    "The deadline for applications is %d %s %d at 16:00.",
                    "March April May June September"));

    private final long seed;
    private final int items;

    /** @param items of each feed */
    Feeds(long seed, int items) {
        this.seed = seed;
        this.items = items;
    }

    static boolean isAtom(int feed) {
        return feed % 3 == 2;
    }

    static String id(int feed, int item) {
        return isAtom(feed) ? "tag:example.org,2026:%d-%d".formatted(feed, item) : "appel-%d-%d".formatted(feed, item);
    }

    String title(int feed, int item) {
        Tongue tongue = tongue(feed);
        return tongue.titles
                .get((feed + item) % tongue.titles.size())
                .formatted(
                        feed * 100 + item,
                        tongue.topic((feed / 3 + 5 * item) % TOPICS),
                        PLACES.get((feed / 7 + 3 * item) % PLACES.size()));
    }

    private static Tongue tongue(int feed) {
        return TONGUES.get(feed % TONGUES.size());
    }

    /** What its items add to a {@link Sum}. */
    void sum(int feed, Sum sum) {
        for (int item = 0; item < items; item++) {
            sum.add("f" + feed, id(feed, item), title(feed, item));
        }
    }

    byte[] feed(int feed) {
        var random = new Random(seed + feed);
        var xml = new StringBuilder(head(feed));
        for (int item = 0; item < items; item++) {
            LocalDate published = LocalDate.ofInstant(Calls.NOW, ZoneOffset.UTC).minusDays(1 + random.nextInt(40));
            String text = text(tongue(feed), random);
            xml.append(isAtom(feed) ? entry(feed, item, published, text) : item(feed, item, published, text));
        }
        return xml.append(isAtom(feed) ? "</feed>\n" : "</channel></rss>\n")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String head(int feed) {
        String language = tongue(feed).code;
        return isAtom(feed) ? """
                <?xml version="1.0" encoding="UTF-8"?>
                <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="%s">
                  <title>Source %2$d</title>
                  <id>tag:example.org,2026:%2$d</id>
                  <updated>2026-11-23T09:00:00Z</updated>
                  <link rel="alternate" type="text/html" href="https://source%2$d.example.org/"/>
                """.formatted(language, feed) : """
                <?xml version="1.0" encoding="UTF-8"?>
                <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
                    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
                <channel>
                  <title>Source %2$d</title>
                  <atom:link href="https://source%2$d.example.org/feed/" rel="self" type="application/rss+xml"/>
                  <link>https://source%2$d.example.org/</link>
                  <description>Appels et subsides</description>
                  <lastBuildDate>Mon, 23 Nov 2026 09:00:00 GMT</lastBuildDate>
                  <language>%1$s</language>
                """.formatted(language, feed);
    }

    private String item(int feed, int item, LocalDate published, String text) {
        return """
                  <item>
                    <title>%s</title>
                    <link>https://source%d.example.org/appels/%d/</link>
                    <dc:creator><![CDATA[Rédaction]]></dc:creator>
                    <pubDate>%s</pubDate>
                    <category><![CDATA[Culture]]></category>
                    <guid isPermaLink="false">%s</guid>
                    <description><![CDATA[%s]]></description>
                    <content:encoded><![CDATA[%s]]></content:encoded>
                  </item>
                """.formatted(
                        title(feed, item),
                        feed,
                        item,
                        RFC_1123.format(published.atTime(9, 0)),
                        id(feed, item),
                        text.substring(0, text.indexOf("</p>") + 4),
                        text);
    }

    private String entry(int feed, int item, LocalDate published, String text) {
        return """
                  <entry>
                    <title>%s</title>
                    <id>%s</id>
                    <link rel="alternate" type="text/html" href="https://source%d.example.org/calls/%d"/>
                    <published>%5$sT09:00:00Z</published>
                    <updated>%5$sT10:00:00Z</updated>
                    <author><name>Editors</name></author>
                    <category term="culture"/>
                    <summary type="html">%6$s</summary>
                  </entry>
                """.formatted(
                        title(feed, item),
                        id(feed, item),
                        feed,
                        item,
                        published,
                        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }

    private static String text(Tongue tongue, Random random) {
        var text = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            text.append("<p>");
            for (int j = 0; j < 2; j++) {
                text.append(tongue.sentences.get(random.nextInt(tongue.sentences.size())))
                        .append(' ');
            }
            text.append("</p>\n");
        }
        return text.append("<p><strong>")
                .append(tongue.deadline.formatted(1 + random.nextInt(28), tongue.month(random.nextInt(MONTHS)), 2027))
                .append("</strong> <a href=\"https://forms.example.org/")
                .append(random.nextInt(100_000))
                .append("\">+</a></p>")
                .toString();
    }
}
