package coop.vigie.watch;

import coop.vigie.digest.Rendered;
import java.net.URI;
import java.text.MessageFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;

/** What is wrong with sources, in words: a sentence for each, and the operator's mail. */
public final class Alarm {

    private static final int LINE_AT_MOST = 200;

    private final Locale locale;
    private final ResourceBundle bundle;

    /** @param language fr, nl or en */
    public Alarm(String language) {
        this.locale = Locale.forLanguageTag(language);
        this.bundle = ResourceBundle.getBundle(
                "coop.vigie.watch.messages_" + language,
                Locale.ROOT,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** A source in trouble, as its entry calls it. */
    public record Named(Breach breach, String name, URI url) {}

    /** Such as "nothing new since 3 November 2026; usually the longest pause is 3 days". On one line. */
    public String sentence(Finding finding) {
        String detail = finding.detail().isEmpty() ? "" : ": " + line(finding.detail());
        return switch (finding.kind()) {
            case SILENT -> text("silent", day(finding.since()), finding.detail());
            case EMPTY -> text("empty", day(finding.since()));
            case NEVER, UNREAD, LAYOUT, COUNT -> text(finding.kind().code(), day(finding.since())) + detail;
        };
    }

    /** One mail about all of them. */
    public Rendered mail(String brand, List<Named> sources) {
        String subject =
                line(brand) + ": " + text(sources.size() == 1 ? "subject.one" : "subject.other", sources.size());
        var plain = new StringBuilder(text("intro")).append("\n\n");
        var html = new StringBuilder(
                        "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>%s</title></head>"
                                .formatted(locale.getLanguage(), escaped(subject)))
                .append("<body>\n<p>")
                .append(escaped(text("intro")))
                .append("</p>\n<ul>\n");
        for (Named each : sources) {
            String name = line(each.name());
            String id = each.breach().source().value();
            String sentence = sentence(each.breach().finding());
            String url = each.url().toASCIIString();
            plain.append("- %s (%s): %s\n  %s\n".formatted(name, id, sentence, url));
            html.append("<li><a href=\"%s\">%s</a> (%s): %s</li>\n"
                    .formatted(escaped(url), escaped(name), escaped(id), escaped(sentence)));
        }
        String next = text("next");
        plain.append('\n').append(next).append('\n');
        html.append("</ul>\n<p>").append(escaped(next)).append("</p>\n</body></html>\n");
        return new Rendered(subject, plain.toString(), html.toString());
    }

    private String day(LocalDate day) {
        return DateTimeFormatter.ofPattern("d MMMM uuuu", locale).format(day);
    }

    private String text(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), Locale.ROOT)
                .format(Stream.of(arguments).map(String::valueOf).toArray());
    }

    /** What a stranger's page said must not steer a terminal or a mail. */
    private static String line(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
        return line.length() <= LINE_AT_MOST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, LINE_AT_MOST))) + "…";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
