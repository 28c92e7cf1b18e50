package coop.vigie.digest;

import coop.vigie.notice.Call;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Single calls in the words of a digest, for mails and pages that are none: the same dates, amounts and names, by the same
 * code. The maps are those that {@code docs/mail-templates.md} describes as {@code item}.
 */
public final class CallWords {

    private final ItemWords items;
    private final DateWords dates;

    /**
     * @param language of the words: fr, nl or en
     * @param reads languages in which titles are preferred, {@code language} first
     * @param at the moment against which days are counted
     */
    public CallWords(String language, List<String> reads, Instant at, Frame frame) {
        var messages = Messages.in(language);
        this.items = new ItemWords(
                new Edition("none", "", List.of(), messages.language(), reads, at, List.of()), frame, messages);
        this.dates = new DateWords(messages, frame.readerZone(), at);
    }

    /**
     * Everything but why it is there: that depends on the reader.
     *
     * @param soon true to say how many days are left
     */
    public Map<String, Object> full(Call call, boolean soon) {
        return items.full(item(call), soon ? Block.Name.CLOSING_SOON : Block.Name.NEW, 0);
    }

    /** Date, title and address. */
    public Map<String, Object> brief(Call call) {
        return items.oneLiner(item(call), 0);
    }

    private static Item item(Call call) {
        return new Item(call, List.of(), Item.Change.NONE, null, false, Item.Regard.NONE);
    }

    /** "jeu. 3 déc. 2026". */
    public String day(LocalDate date) {
        return dates.day(date);
    }

    /** Foreign words on one line, without what could turn or hide the text around them. */
    public static String line(String text) {
        return Foreign.line(text);
    }

    /** {@link #line(String)}, at most that many characters. */
    public static String line(String text, int atMost) {
        return Foreign.line(text, atMost);
    }

    /** Plain words as Markdown: nothing in them becomes markup. */
    public static String markdown(String words) {
        return Markdown.escaped(words);
    }
}
