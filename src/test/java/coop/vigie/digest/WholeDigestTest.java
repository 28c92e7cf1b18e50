package coop.vigie.digest;

import static coop.vigie.digest.Samples.NOW;
import static coop.vigie.digest.Samples.at;
import static coop.vigie.digest.Samples.call;
import static coop.vigie.digest.Samples.on;
import static coop.vigie.digest.Samples.told;
import static org.junit.jupiter.api.Assertions.assertEquals;

import coop.vigie.match.Reason;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Money;
import coop.vigie.notice.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mail as it arrives, in three languages: {@code digest_fr.txt} and its sisters beside this test are for reading. */
class WholeDigestTest {

    private static final Map<String, Map<String, String>> NAMES = Map.of(
            "fr",
            Map.of(
                    "BE10",
                    "Bruxelles",
                    "BE32",
                    "Hainaut",
                    "92310000",
                    "Services de création artistique",
                    "fr",
                    "français",
                    "nl",
                    "néerlandais",
                    "en",
                    "anglais"),
            "nl",
            Map.of(
                    "BE10",
                    "Brussel",
                    "BE32",
                    "Henegouwen",
                    "92310000",
                    "Artistieke diensten",
                    "fr",
                    "Frans",
                    "nl",
                    "Nederlands",
                    "en",
                    "Engels"),
            "en",
            Map.of(
                    "BE10",
                    "Brussels",
                    "BE32",
                    "Hainaut",
                    "92310000",
                    "Artistic creation services",
                    "fr",
                    "French",
                    "nl",
                    "Dutch",
                    "en",
                    "English"));

    @ParameterizedTest
    @ValueSource(strings = {"fr", "nl", "en"})
    void readsAsWritten(String language) throws IOException {
        Rendered rendered = rendered(language);

        // For the eye, and to renew the expected file after a wanted change.
        Path shown = Files.createDirectories(Path.of("target/digest"));
        Files.writeString(shown.resolve("digest_" + language + ".html"), rendered.html());
        String whole = "Subject: " + rendered.subject() + "\n\n" + rendered.text();
        Files.writeString(shown.resolve("digest_" + language + ".txt"), whole);
        assertEquals(expected(language), whole);
    }

    /** A digest with every kind of block and item. */
    static Rendered rendered(String language) {
        return new Renderer(null).render(edition(language), frame(language));
    }

    private static String expected(String language) throws IOException {
        try (InputStream stream = WholeDigestTest.class.getResourceAsStream("digest_" + language + ".txt")) {
            return stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Edition edition(String language) {
        var silent = new Block.SilentSource(
                "commune",
                "Commune d’Exemple, agenda",
                "https://example.org/agenda",
                Instant.parse("2026-11-17T09:00:00Z"),
                Block.Trouble.UNREAD);
        return new Edition(
                "e1",
                "a@example.org",
                List.of("Arts de la scène Bruxelles"),
                language,
                List.of(language),
                NOW,
                Composer.compose(candidates(), List.of(silent), NOW));
    }

    private static List<Candidate> candidates() {
        Reason words = new Reason(Reason.Type.WORDS, "\"spectacle vivant\"", "title", "fr");
        Reason inText = new Reason(Reason.Type.WORDS, "scénographie", "text", "fr");
        Reason cpv = new Reason(Reason.Type.CPV, "92310000", null, null);
        Reason place = new Reason(Reason.Type.PLACE, "BE10", null, null);
        var doubtful = new Deadline.Dated(
                on("2026-12-31").date(), null, Samples.BRUSSELS, Deadline.Origin.TEXT, "pour la fin de l’année", true);
        Stream<Candidate> fresh = Stream.of(
                because(
                        call(
                                "soutien-diffusion",
                                at("2026-11-27", "12:00"),
                                n -> n.title(LocalText.of(
                                                "fr", "Soutien à la diffusion du spectacle vivant, saison 2027-2028"))
                                        .buyer("Fondation du Canal")
                                        .value(new Money(new BigDecimal("12000"), "EUR"))
                                        .places(List.of("BE10"))
                                        .submissionLanguages(List.of("fr", "nl"))),
                        words,
                        place),
                because(
                        call(
                                "expo-scenographie",
                                at("2026-12-03", "16:00"),
                                n -> n.kind(Kind.TENDER)
                                        .title(new LocalText(
                                                Map.of(
                                                        "nl",
                                                        "Scenografie van een reizende tentoonstelling over de haven"),
                                                "nl"))
                                        .buyer("Stad Voorbeeld")
                                        .value(new Money(new BigDecimal("85000"), "EUR"))
                                        .places(List.of("BE10", "BE32"))
                                        .cpv(List.of("92310000"))
                                        .submissionLanguages(List.of("nl"))),
                        cpv,
                        inText),
                because(
                        call(
                                "residences",
                                doubtful,
                                n -> n.title(LocalText.of(
                                                "fr", "Résidences d’écriture pour la scène et le jeune public"))
                                        .buyer("Maison des Autrices et Auteurs")),
                        inText),
                because(
                        call(
                                "cooperation",
                                new Deadline.Forecast(),
                                n -> n.stage(Stage.FORECAST)
                                        .title(new LocalText(
                                                Map.of(
                                                        "fr",
                                                                "Coopération culturelle européenne : projets de petite taille",
                                                        "en", "European cultural cooperation: small-scale projects",
                                                        "nl", "Europese culturele samenwerking: kleine projecten"),
                                                "en"))
                                        .submissionLanguages(List.of("en", "fr", "nl"))),
                        words),
                because(
                        call(
                                "mobilite",
                                new Deadline.Rolling(Deadline.Origin.TEXT, "toute l’année"),
                                n -> n.kind(Kind.SCHEME).title(LocalText.of("fr", "Bourse de mobilité pour artistes"))),
                        new Reason(Reason.Type.NO_PLACE, "BE1", null, null)),
                because(
                        call(
                                "fresque",
                                new Deadline.Unknown(null),
                                n -> n.title(LocalText.of("fr", "Appel à artistes : une fresque pour la gare"))
                                        .published(NOW.minus(Duration.ofDays(2)))),
                        inText),
                because(
                        call(
                                "son",
                                on("2026-12-05"),
                                n -> n.kind(Kind.TRAINING)
                                        .title(LocalText.of("fr", "Régie son pour petites salles, deux jours"))),
                        words));
        Stream<Candidate> known = Stream.of(
                told(
                        call(
                                "festival",
                                2,
                                at("2026-12-01", "12:00"),
                                n -> n.title(LocalText.of("fr", "Programmation d’un festival de rue"))),
                        1,
                        on("2026-12-15")),
                told(
                        call(
                                "musee",
                                2,
                                on("2026-12-18"),
                                n -> n.kind(Kind.TENDER)
                                        .stage(Stage.CANCELLED)
                                        .title(LocalText.of("fr", "Mise en lumière d’un musée"))),
                        1,
                        on("2026-12-18")));
        Stream<Candidate> stillOpen = IntStream.range(8, 25)
                .mapToObj(day -> String.format(Locale.ROOT, "2027-01-%02d", day))
                .map(day -> told(
                        call(
                                "ouvert-" + day,
                                on(day),
                                n -> n.title(LocalText.of("fr", "Appel ouvert jusqu’au " + day))),
                        1,
                        on(day)));
        return Stream.of(fresh, known, stillOpen).flatMap(each -> each).toList();
    }

    private static Candidate because(Call call, Reason... why) {
        return new Candidate(call, List.of(why), null);
    }

    private static Frame frame(String language) {
        Map<String, String> help = Map.of(
                "fr", "Une question, un appel à signaler ? Réponds à ce mail.",
                "nl", "Een vraag, een oproep gezien? Antwoord op deze mail.",
                "en", "A question, or a call that we missed? Answer this mail.");
        return new Frame(
                "La Vigie",
                help.getOrDefault(language, ""),
                "Coopérative d’Exemple",
                Samples.BRUSSELS,
                new Answers("stop@example.org", null),
                41,
                new Labels() {
                    @Override
                    public @Nullable String place(String code, String in) {
                        return name(code, in);
                    }

                    @Override
                    public @Nullable String cpv(String code, String in) {
                        return name(code, in);
                    }

                    @Override
                    public @Nullable String language(String code, String in) {
                        return name(code, in);
                    }
                },
                new Frame.Colours("#1b4965", "#ffffff", "#1a1a1a"));
    }

    private static @Nullable String name(String code, String language) {
        return NAMES.getOrDefault(language, Map.of()).get(code);
    }
}
