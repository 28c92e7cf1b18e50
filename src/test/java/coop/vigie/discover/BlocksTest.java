package coop.vigie.discover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import coop.vigie.fetch.Payload;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.SourceId;
import coop.vigie.parse.HtmlListParser;
import coop.vigie.parse.HtmlPage;
import coop.vigie.parse.ParseContext;
import coop.vigie.parse.SourceOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages in the manner of real sites; the parser reads them with the selectors that were found. */
class BlocksTest {

    private static final URI HERE = URI.create("https://www.example.org/appels");
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final String MENU = """
            <nav><ul><li><a href="/">Accueil et nouvelles de la maison</a></li><li><a href="/a">Qui sommes-nous, notre équipe</a></li>
            <li><a href="/b">Nos membres et partenaires</a></li><li><a href="/c">Toutes les publications</a></li></ul></nav>
            <div class="breadcrumb"><a href="/">Accueil</a> <a href="/x">Appels</a></div>
            """;
    private static final String FOOT = """
            <footer><ul><li><a href="/p">Protection des données personnelles</a></li><li><a href="/q">Mentions légales du site</a></li>
            <li><a href="/r">Accessibilité de ce site web</a></li></ul></footer>
            """;

    static Stream<Arguments> pages() {
        return Stream.of(
                page("TYPO3 news", "fr", """
                        <main><h1>Appels</h1><div class="news-list-view">%s</div></main>""", """
                        <div class="article articletype-0"><h3><a href="/appel-%1$d">Appel à projets numéro %1$d</a></h3>
                        <p class="bodytext">Un soutien aux compagnies de théâtre de la région.</p>
                        <span class="deadline">Date limite : 1%1$d décembre 2026</span></div>"""),
                page("Drupal views", "fr", """
                        <main><div class="views-element-container"><div class="view-header"><p>Voici nos appels.</p></div>
                        <div class="view-content">%s</div></div></main>""", """
                        <div class="views-row"><div class="views-field views-field-title"><span class="field-content"><a href="/appel-%1$d">Appel à projets numéro %1$d</a></span></div>
                        <div class="views-field views-field-field-date-limite"><span class="views-label">Date limite</span> <div class="field-content">1%1$d/12/2026</div></div></div>"""),
                page("WordPress loop", "fr", """
                        <div id="primary"><main id="main">%s</main></div><aside><h2>Articles récents</h2><ul><li><a href="/z1">Un vieil article de ce blog, un</a></li>
                        <li><a href="/z2">Un vieil article de ce blog, deux</a></li></ul></aside>""", """
                        <article id="post-%1$d" class="post-%1$d post type-post category-c%1$d"><header><h2 class="entry-title"><a href="/appel-%1$d">Appel à projets numéro %1$d</a></h2></header>
                        <div class="entry-summary"><p>Candidatures jusqu'au 1%1$d décembre 2026, par courriel seulement.</p></div></article>"""),
                page("table with a column", "fr", """
                        <div id="contenu"><table><thead><tr><th>Appel</th><th>Publié</th><th>Clôture</th></tr></thead><tbody>%s</tbody></table></div>""", """
                        <tr><td><a href="/appel-%1$d">Appel à projets numéro %1$d</a></td><td>0%1$d/10/2026</td><td>1%1$d/12/2026</td></tr>"""),
                page("table without body", "nl", """
                        <table><tr><th>Deadline</th><th>Oproep</th></tr>%s</table>""", """
                        <tr><td>1%1$d december 2026</td><td><a href="/appel-%1$d">Appel à projets numéro %1$d</a></td></tr>"""),
                page("definition list", "fr", "<main><dl>%s</dl></main>", """
                        <dt><a href="/appel-%1$d">Appel à projets numéro %1$d</a></dt>
                        <dd>Pour les artistes de la région. Date limite : 1%1$d décembre 2026.</dd>"""),
                page("headings", "fr", "<main><h1>Appels</h1><p>Introduction à la page.</p>%s</main>", """
                        <h2>Appel à projets numéro %1$d</h2><p>Pour les artistes de la région.</p>
                        <p>À remettre pour le 1%1$d décembre 2026. <a href="/appel-%1$d">Plus d'informations</a></p>"""),
                page("cards in li", "nl", "<main><ul class=\"cards\">%s</ul></main>", """
                        <li><div class="card"><a href="/appel-%1$d"><img src="/i%1$d.png" alt=""></a><div class="card-body">
                        <h3><a href="/appel-%1$d">Appel à projets numéro %1$d</a></h3><p>Projectoproep voor kunstenaars uit de hele stad.</p>
                        <p class="date">Indienen tot 1%1$d december 2026</p></div></div></li>"""),
                page("cards that are links", "nl", "<div class=\"grid\">%s</div>", """
                        <a class="tile" href="/appel-%1$d"><h4>Appel à projets numéro %1$d</h4><span class="meta">Uiterlijk 1%1$d/12/2026</span></a>"""),
                page("a small list below a big menu", "fr", """
                        <div class="page"><div class="col-nav menu"><ul>%s</ul></div>""".formatted(menu(40)) + """
                        <div class="content"><ul>%s</ul></div></div>""", """
                        <li><a href="/appel-%1$d">Appel à projets numéro %1$d</a> – jusqu'au 1%1$d/12/2026</li>"""),
                page("machine dates", "en", "<section class=\"listing\">%s</section>", """
                        <div class="listing-item"><h3>Appel à projets numéro %1$d</h3><p>Closing date: <time datetime="2026-12-1%1$d">1%1$d Dec</time></p>
                        <a href="/appel-%1$d">Read more</a></div>"""),
                page("paragraphs", "fr", "<main>%s</main>", """
                        <p><strong><a href="/appel-%1$d">Appel à projets numéro %1$d</a></strong><br>Date limite : 1%1$d décembre 2026</p>"""),
                page("two lists under headings", "fr", """
                        <main><h2>Appels ouverts</h2><div class="liste">%s</div><h2>Contact</h2><p>Écrivez-nous à tout moment.</p></main>""", """
                        <div class="item"><span class="titre">Appel à projets numéro %1$d</span><span>Date de clôture : 1%1$d.12.2026</span>
                        <a href="/appel-%1$d">Lire la suite</a></div>"""),
                page(
                        "cards in a grid of columns",
                        "nl",
                        "<main><div class=\"container\"><div class=\"row\">%s</div></div></main>",
                        """
                        <div class="col-md-4"><div class="node node--type-call"><h2><a href="/appel-%1$d"><span>Appel à projets numéro %1$d</span></a></h2>
                        <div class="field"><div class="field__label">Deadline</div><div class="field__item">1%1$d-12-2026</div></div></div></div>"""));
    }

    private static String menu(int links) {
        var menu = new StringBuilder();
        for (int i = 0; i < links; i++) {
            menu.append("<li><a href=\"/m")
                    .append(i)
                    .append("\">Rubrique de ce grand menu, ")
                    .append(i)
                    .append("</a></li>");
        }
        return menu.toString();
    }

    private static Arguments page(String name, String language, String frame, String item) {
        var items = new StringBuilder();
        for (int i = 1; i <= 4; i++) {
            items.append(item.formatted(i)).append('\n');
        }
        return Arguments.of(name, html(language, frame.replace("%s", items)));
    }

    private static String html(String language, String body) {
        return "<!doctype html><html lang=\"" + language + "\"><head><title>Appels</title></head><body>" + MENU + body
                + FOOT + "</body></html>";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void findsJustTheItems(String name, String html) {
        Payload payload = payload(html);
        Map<String, String> select = find(payload).orElseThrow();

        List<String> read = new HtmlListParser()
                .parse(payload, context(select)).notices().stream()
                        .map(each -> each.notice())
                        .map(notice -> notice.title().in(List.of()) + " " + notice.url() + " "
                                + (notice.deadline(NOW) instanceof coop.vigie.notice.Deadline.Dated dated
                                        ? dated.date()
                                        : "?"))
                        .toList();

        assertEquals(
                Stream.of(1, 2, 3, 4)
                        .map(i -> "Appel à projets numéro %1$d https://www.example.org/appel-%1$d 2026-12-1%1$d"
                                .formatted(i))
                        .toList(),
                read,
                select::toString);
    }

    @Test
    void callsABareDateNoDeadline() {
        Map<String, String> select = find(payload(html("fr", """
                <main><div class="item"><h3><a href="/1">La première nouvelle</a></h3><span class="jour">1/10/2026</span></div>
                <div class="item"><h3><a href="/2">La deuxième nouvelle</a></h3><span class="jour">2/10/2026</span></div>
                <div class="item"><h3><a href="/3">La troisième nouvelle</a></h3><span class="jour">3/10/2026</span></div></main>"""))).orElseThrow();

        assertEquals(null, select.get("deadline"));
        assertEquals(".jour", select.get("published"));
    }

    @Test
    void findsNothing_whereNothingRepeatsButTheMenu() {
        assertEquals(
                Optional.empty(),
                find(payload(html("fr", "<main><h1>Bienvenue</h1><p>Une seule phrase ici.</p></main>"))));
    }

    static Optional<Map<String, String>> find(Payload payload) {
        return Blocks.find(HtmlPage.of(payload), null, NOW);
    }

    private static Payload payload(String html) {
        return new Payload(HERE, HERE.toString(), html.getBytes(StandardCharsets.UTF_8), "text/html; charset=utf-8");
    }

    private static ParseContext context(Map<String, String> select) {
        return new ParseContext(
                new SourceId("new"),
                Level.PRIVATE,
                Kind.CALL,
                List.of(),
                List.of(),
                ZoneId.of("Europe/Brussels"),
                List.of(),
                List.of(),
                new SourceOptions("", Map.of(), select, Map.of()),
                NOW);
    }
}
