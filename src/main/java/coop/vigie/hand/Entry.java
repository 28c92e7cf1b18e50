package coop.vigie.hand;

import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Stage;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A call as a person entered it, checked.
 *
 * @param name what the person calls it, such as {@code bourse-2027}; null if they gave it no id
 * @param language of title and text; {@link LocalText#UNDETERMINED} if nobody said and it cannot be guessed
 * @param text may be empty
 * @param url page for people; null if there is none
 * @param deadline dated, rolling, or {@link Deadline#UNKNOWN} where none was given
 * @param yearly true if a new round opens every year
 */
public record Entry(
        @Nullable String name,
        String title,
        String language,
        String text,
        @Nullable String buyer,
        @Nullable String url,
        Deadline deadline,
        Kind kind,
        Level level,
        List<String> places,
        List<String> cpv,
        List<String> languages,
        boolean yearly) {

    /** Dates of what is entered by hand are meant here. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Brussels");

    public Entry {
        places = List.copyOf(places);
        cpv = List.copyOf(cpv);
        languages = List.copyOf(languages);
    }

    /**
     * The notice that says this.
     *
     * @param now a yearly call that has closed by then is the forecast of its next round
     */
    public Notice notice(NoticeId id, Instant now) {
        Notice notice = new Notice.Builder(id, ZONE)
                .kind(kind)
                .level(level)
                .title(LocalText.of(language, title))
                .text(text.isEmpty() ? LocalText.EMPTY : LocalText.of(language, text))
                .buyer(buyer)
                .url(url)
                .stated(deadline)
                .places(places)
                .cpv(cpv)
                .submissionLanguages(languages)
                .build();
        return yearly && deadline.state(now) == Deadline.State.CLOSED ? nextRound(notice) : notice;
    }

    /** A round that has closed, as the forecast of the next one: with the last date in its text, and no other. */
    public static Notice nextRound(Notice closed) {
        if (!(closed.stated() instanceof Deadline.Dated last)) {
            throw new IllegalArgumentException("notice " + closed.id() + " has no date that could have passed");
        }
        String language = closed.title().languageFor(List.of()).orElse(LocalText.UNDETERMINED);
        String before = closed.text().in(List.of());
        String text = lastRound(language, last) + (before.isEmpty() ? "" : "\n" + before);
        return closed.toBuilder()
                .stage(Stage.FORECAST)
                .stated(Deadline.UNKNOWN)
                .text(LocalText.of(language, text))
                .build();
    }

    private static String lastRound(String language, Deadline.Dated last) {
        String date = DateTimeFormatter.ofPattern(language.equals("de") ? "d. MMMM uuuu" : "d MMMM uuuu")
                .withLocale(List.of("fr", "nl", "de").contains(language) ? Locale.of(language) : Locale.ENGLISH)
                .format(last.date());
        return switch (language) {
            case "fr" ->
                "Dernière édition : clôturée le %s. La suivante est attendue environ un an après ; sa date n'est pas encore connue."
                        .formatted(date);
            case "nl" ->
                "Vorige ronde: afgesloten op %s. De volgende wordt ongeveer een jaar later verwacht; de datum is nog niet bekend."
                        .formatted(date);
            case "de" ->
                "Letzte Runde: geschlossen am %s. Die nächste wird etwa ein Jahr später erwartet; das Datum ist noch nicht bekannt."
                        .formatted(date);
            default ->
                "Last round: closed on %s. The next one is expected about a year later; its date is not known yet."
                        .formatted(date);
        };
    }
}
