package coop.vigie.newsletter;

import coop.vigie.digest.CallWords;
import coop.vigie.digest.Rendered;
import java.util.List;
import java.util.Locale;

/** What the comms team is told by mail. */
public final class TeamMail {

    private static final int SUBJECT_AT_MOST = 120;

    private final String language;
    private final String brand;
    private final Words words;

    /** @param language fr, nl or en */
    public TeamMail(String language, String brand) {
        this.language = language;
        this.brand = CallWords.line(brand);
        this.words = new Words(language);
    }

    /** Why a newsletter whose day has come did not leave. */
    public enum Reason {
        UNAPPROVED,
        FAULTS,
        EMPTY
    }

    /**
     * A draft is there.
     *
     * @param path of the file, inside the home
     * @param preview its text as readers would get it
     */
    public Rendered draft(Newsletter newsletter, String path, List<Remark> remarks, String preview) {
        String text = words.text(
                "draft.text", path, newsletter.send().toString().replace('T', ' '), String.join(", ", newsletter.to()));
        return mail("draft", newsletter.id(), text, lines(remarks), preview);
    }

    /**
     * The day has come, and it did not leave.
     *
     * @param due as its file says
     * @param faults of the file, in its own words; empty if there are none
     */
    public Rendered reminder(
            String id, String path, String due, Reason reason, List<String> faults, List<Remark> remarks) {
        String text = words.text("reminder." + reason.name().toLowerCase(Locale.ROOT), path, due);
        return mail("reminder", id, text, faults.isEmpty() ? lines(remarks) : String.join("\n", faults), "");
    }

    private String lines(List<Remark> remarks) {
        return String.join(
                "\n", remarks.stream().map(remark -> remark.words(language)).toList());
    }

    private Rendered mail(String key, String id, String text, String lines, String preview) {
        String subject = CallWords.line(words.text(key + ".subject", brand, id), SUBJECT_AT_MOST);
        var plain = new StringBuilder(text).append('\n');
        var html = new StringBuilder(
                        "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>%s</title></head>"
                                .formatted(language, escaped(subject)))
                .append("<body>\n<p>")
                .append(escaped(text))
                .append("</p>\n");
        for (String more : List.of(lines, preview)) {
            if (!more.isEmpty()) {
                plain.append('\n').append(more.strip()).append('\n');
                html.append("<pre style=\"white-space:pre-wrap\">")
                        .append(escaped(more))
                        .append("</pre>\n");
            }
        }
        return new Rendered(
                subject, plain.toString(), html.append("</body></html>\n").toString());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
