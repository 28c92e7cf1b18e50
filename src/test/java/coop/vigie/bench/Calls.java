package coop.vigie.bench;

import coop.vigie.codes.Cpv;
import coop.vigie.notice.Call;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Stage;
import coop.vigie.parse.ParsedNotice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Made-up notices, the same for the same seed. Their words are common and rare as in a language (Zipf), but are no words of
 * any: no stemmer changes them, so that engines without stemmers must find the same.
 */
final class Calls {

    /** When all benchmarks take place; a third of the calls is still open then. */
    static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");
    private static final List<String> LANGUAGES = List.of("fr", "nl", "en", "de");
    private static final List<String> PLACES = List.of("BE100", "BE211", "BE332", "FR101", "NL329", "DE300");
    private static final String CONSONANTS = "bdfgklmprvz";
    private static final String VOWELS = "aiou";
    private static final int VOCABULARY = 30_000;
    private static final int DAYS_OPEN = 30;
    private static final int DAYS_CLOSED = 60;

    private static final List<String> WORDS =
            IntStream.range(0, VOCABULARY).mapToObj(Calls::spelled).toList();

    private final Random random;

    Calls(long seed) {
        random = new Random(seed);
    }

    /** The word of that rank; 0 is the most common. */
    static String word(int rank) {
        return WORDS.get(rank);
    }

    private static String spelled(int rank) {
        var word = new StringBuilder();
        for (int rest = rank + 50; rest > 0; rest /= CONSONANTS.length() * VOWELS.length()) {
            word.append(CONSONANTS.charAt(rest % CONSONANTS.length()))
                    .append(VOWELS.charAt(rest / CONSONANTS.length() % VOWELS.length()));
        }
        return word.append("xk").toString();
    }

    /** Words at random, the common ones more often. */
    String text(int words) {
        var text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            int rank = (int) Math.exp(random.nextDouble() * Math.log(VOCABULARY)) - 1;
            text.append(i == 0 ? "" : " ").append(word(rank));
        }
        return text.toString();
    }

    String cpv() {
        return Cpv.codes().get(random.nextInt(Cpv.codes().size()));
    }

    String place() {
        return PLACES.get(random.nextInt(PLACES.size()));
    }

    String language() {
        return LANGUAGES.get(random.nextInt(LANGUAGES.size()));
    }

    LocalDate deadline() {
        return LocalDate.ofInstant(NOW, ZONE).plusDays(random.nextInt(DAYS_CLOSED + DAYS_OPEN) - DAYS_CLOSED);
    }

    /** What a fetched notice becomes when it is the only one of its call. */
    Call call(int number) {
        Notice notice = notice(number).notice();
        return new Call(notice.id(), List.of(notice.id()), 1, notice.stage(), notice, NOW);
    }

    /** Those with the numbers from 0 on, each made when it is asked for. */
    static Stream<Call> many(long seed, int count) {
        var calls = new Calls(seed);
        return IntStream.range(0, count).mapToObj(calls::call);
    }

    ParsedNotice notice(int number) {
        String language = language();
        LocalDate deadline = deadline();
        var lot = new LotDeadline(
                LotDeadline.Role.TENDER,
                "LOT-0001",
                deadline,
                LocalTime.of(8 + random.nextInt(10), random.nextInt(60)),
                ZoneOffset.ofHours(1));
        Notice notice = new Notice.Builder(new NoticeId(new SourceId("made-up"), "n%07d".formatted(number)), ZONE)
                .kind(Kind.TENDER)
                .level(Level.EUROPEAN)
                .stage(Stage.COMPETITION)
                .title(LocalText.of(language, text(8)))
                .text(LocalText.of(language, text(80)))
                .buyer(text(3))
                .published(deadline.minusDays(DAYS_OPEN)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .truncatedTo(ChronoUnit.DAYS))
                .deadlines(List.of(lot))
                .places(List.of(place()))
                .cpv(List.of(cpv()))
                .submissionLanguages(List.of(language))
                .url("https://tenders.example.org/" + number)
                .build();
        byte[] raw = ("<notice>" + number + "</notice>").getBytes(StandardCharsets.UTF_8);
        return new ParsedNotice(notice, raw, "application/xml");
    }
}
