package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewsletterTest {

    private static final String AROUND = """
            <html lang="fr"><body><div style="display:none">Aperçu caché <a href="https://www.example.org/cache">du texte caché ici</a></div>
            <p><a href="https://news.example.org/web/5">Voir cette lettre dans votre navigateur</a></p>
            <p><a href="https://www.example.org/"><img src="logo.png" alt=""></a></p>
            %s
            <hr><p><a href="https://www.facebook.com/x">Suivez notre page Facebook</a> <a href="https://x.com/a">Notre compte X à suivre</a></p>
            <p>Vous recevez cette lettre… <a href="https://news.example.org/u/77?k=9">Se désinscrire de cette liste</a>
            <a href="https://www.example.org/vie-privee">Notre politique de vie privée</a> <a href="mailto:a@example.org">a@example.org</a></p>
            </body></html>""";

    private static final List<String> BOTH = List.of(
            "Appel culture 2026 | https://www.example.org/appel-a | Date limite : 15 décembre 2026",
            "Résidence d'écriture | https://www.example.org/appel-b | Clôture le 1er février 2027");

    @ParameterizedTest
    @ValueSource(
            strings = {
                // headings that are links, flat
                """
        <h2><a href="https://www.example.org/appel-a">Appel culture 2026</a></h2><p>Date limite : 15 décembre 2026</p>
        <h2><a href="https://www.example.org/appel-b?utm_source=lettre">Résidence d'écriture</a></h2><p>Clôture le 1er février 2027</p>""",
                // headings, then a sentence with "read more", flat
                """
        <h3>Appel culture 2026</h3><p>Date limite : 15 décembre 2026 <a href="https://www.example.org/appel-a">Lire la suite</a></p>
        <h3>Résidence d'écriture</h3><p>Clôture le 1er février 2027 <a href="https://www.example.org/appel-b">Lire la suite</a></p>""",
                // bold lines in the place of headings, and the link alone in a line
                """
        <p><b>Appel culture 2026</b></p><p>Date limite : 15 décembre 2026</p><p><a href="https://www.example.org/appel-a">En savoir plus »</a></p>
        <p><b>Résidence d'écriture</b></p><p>Clôture le 1er février 2027</p><p><a href="https://www.example.org/appel-b">En savoir plus »</a></p>""",
                // tables in tables, a picture, a heading and a button of one page
                """
        <table><tr><td><table><tr><td><a href="https://www.example.org/appel-a"><img src="a.png"></a></td></tr>
        <tr><td><h3><a href="https://www.example.org/appel-a">Appel culture 2026</a></h3></td></tr><tr><td>Date limite : 15 décembre 2026</td></tr>
        <tr><td><a href="https://www.example.org/appel-a#form">Postuler</a></td></tr></table></td>
        <td><table><tr><td><h3><a href="https://www.example.org/appel-b">Résidence d'écriture</a></h3>Clôture le 1er février 2027</td></tr></table></td></tr></table>""",
                // a list below one heading, and links wrapped to be counted
                """
        <h2>Appels à projets</h2><ul><li><a href="https://click.example.net/?k=4&url=https%3A%2F%2Fwww.example.org%2Fappel-a">Appel culture 2026</a><br>Date limite : 15 décembre 2026</li>
        <li><a href="https://www.example.org/appel-b">Résidence d'écriture</a><br>Clôture le 1er février 2027</li></ul>"""
            })
    void givesOneItemForEachCall_andNoneForTheRest(String content) {
        List<String> items = Newsletter.items(AROUND.formatted(content), List.of()).stream()
                .map(item -> item.title() + " | " + item.link() + " | "
                        + item.text().replace(item.title(), "").strip().replace('\n', ' '))
                .toList();

        assertEquals(BOTH, items);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Appel : transfert de connaissances vers les communes",
                "Call for proposals: technology transfer in the arts",
                "Appel à projets : protection de la vie privée",
                "Oproep: privacy en digitale rechten",
                "Appel à projets : médiation culturelle en ligne",
                "Pour partager la culture : appel à projets",
                "Contact-making seminar for youth workers",
                "Oproep: samen delen in de wijk"
            })
    void takesACallForACall_whateverItsSubject(String title) {
        String html = "<table><tr><td><a href='https://www.example.org/a'>" + title + "</a></td></tr></table>";

        assertEquals(
                List.of(title),
                Newsletter.items(html, List.of()).stream()
                        .map(Newsletter.Item::title)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transférer à une amie ou un ami",
                "Forward this mail to a friend",
                "Lire cette lettre en ligne",
                "Voir la version en ligne de cette lettre",
                "Politique de confidentialité de la fondation",
                "Notre politique de vie privée",
                "Read our privacy policy here",
                "Partagez cette lettre avec d'autres",
                "Contactez notre équipe",
                "Deze nieuwsbrief met anderen delen"
            })
    void leavesOutWhatServesTheLetterItself(String words) {
        String html = "<p><a href='https://www.example.org/a'>" + words + "</a></p>";

        assertEquals(List.of(), Newsletter.items(html, List.of()));
    }

    @Test
    void readsACallThatAReplyQuotes() {
        String html = MailMessage.paragraphs("""
                Merci, j'ai vu !

                Le mar. 10 nov. 2026 à 09:30, Fondation <info@example.org> a écrit :
                > Appel à projets cité dans une réponse
                > Date limite : 21 janvier 2027
                > https://www.example.org/a09
                >
                > Se désinscrire : https://www.example.org/unsubscribe/1
                """);

        assertEquals(
                List.of(
                        "Appel à projets cité dans une réponse | Appel à projets cité dans une réponse Date limite : 21 janvier 2027"),
                Newsletter.items(html, List.of()).stream()
                        .map(item -> item.title() + " | " + item.text().replace('\n', ' '))
                        .toList());
    }

    @Test
    void readsPlainText_paragraphByParagraph() {
        String html = MailMessage.paragraphs("""
                Nouveaux avis pour votre recherche

                Scénographie d'une exposition
                Date limite : 15 décembre 2026, 11:00
                https://portail.example.org/avis/12

                Oproep voor makers
                https://portail.example.org/avis/13.

                Se désinscrire : https://portail.example.org/unsubscribe?x=1
                """);

        assertEquals(
                List.of(
                        "Scénographie d'une exposition https://portail.example.org/avis/12",
                        "Oproep voor makers https://portail.example.org/avis/13"),
                Newsletter.items(html, List.of()).stream()
                        .map(item -> item.title() + " " + item.link())
                        .toList());
    }

    @Test
    void leavesOutLinks_thatLeadElsewhereThanAllowed() {
        String html = AROUND.formatted("""
                <h2><a href="https://ads.example.net/x">Achetez nos belles chaises</a></h2><p>Pas cher</p>
                <h2><a href="https://sub.example.org/a">Appel culture 2026</a></h2><p>Bientôt</p>
                <h2><a href="https://notexample.org/a">Un autre site encore</a></h2>""");

        assertEquals(
                List.of("https://sub.example.org/a"),
                Newsletter.items(html, List.of("example.org")).stream()
                        .map(Newsletter.Item::link)
                        .toList());
    }

    @Test
    void findsNothing_inALetterWithoutItems() {
        assertEquals(List.of(), Newsletter.items(AROUND.formatted("<p>Bonne année !</p>"), List.of()));
        assertEquals(List.of(), Newsletter.items("", List.of()));
    }

    @Property(seed = "20261124", tries = 100)
    void neverThrows(@ForAll @StringLength(max = 80) String words) {
        assertNotNull(Newsletter.items(
                "<p>" + words + "<a href='https://www.example.org/" + words + "'>" + words + " lire</a><h2>" + words,
                List.of()));
    }
}
