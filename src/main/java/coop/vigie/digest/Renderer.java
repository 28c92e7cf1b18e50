package coop.vigie.digest;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns an edition into subject, text and HTML. Thread-safe; the templates are read once and again when they change. */
public final class Renderer {

    /** Some clients cut a mail at 102 KB. */
    static final int HTML_AT_MOST = 100_000;

    private final Templates templates;
    private final KnownWords known = new KnownWords();

    /** @param folder whose {@code digest.html.ftlh}, {@code digest.txt.ftl} and so on win over the built-in ones; null for none */
    public Renderer(@Nullable Path folder) {
        templates = new Templates(folder);
    }

    /** Reads the templates and fills none. @throws BrokenTemplate if one cannot be read */
    public void check() {
        templates.read("digest.html.ftlh");
        templates.read("digest.txt.ftl");
        templates.read("letter.html.ftlh");
        templates.read("letter.txt.ftl");
        templates.read("newsletter.html.ftlh");
        templates.read("newsletter.txt.ftl");
        templates.read("newsletter-fragment.html.ftlh");
    }

    /**
     * A mail or page that is no digest, made by {@code NAME.html.ftlh} and {@code NAME.txt.ftl}.
     *
     * @param model finished strings, {@link #markup}, and lists and maps of them
     * @throws BrokenTemplate if a template cannot be read or filled
     */
    public Rendered render(String name, String subject, Map<String, Object> model) {
        String text = TextLayout.wrap(templates.fill(name + ".txt.ftl", model));
        return new Rendered(
                Foreign.line(subject, Rendered.SUBJECT_AT_MOST), text, templates.fill(name + ".html.ftlh", model));
    }

    /** What a single template makes of a model; see {@link #render(String, String, Map)}. */
    public String fill(String template, Map<String, Object> model) {
        return templates.fill(template, model);
    }

    /**
     * A value that the HTML templates take as it is.
     *
     * @param safe HTML that holds nothing active
     */
    public static Object markup(String safe) {
        return Templates.markup(safe);
    }

    /**
     * A letter that is no digest.
     *
     * @throws BrokenTemplate if a template cannot be read or filled
     */
    public Rendered render(Letter letter, Frame frame) {
        Map<String, Object> model = letter.model(frame);
        String text = TextLayout.wrap(templates.fill("letter.txt.ftl", model));
        return new Rendered(letter.subject(frame), text, templates.fill("letter.html.ftlh", model));
    }

    /**
     * The mail that an edition makes. An edition without blocks makes the line "nothing to report".
     *
     * <p>Where the page would pass 100 KB, items become one-liners, the last first; none is left out. Only when the
     * one-liners alone (some 300) are too many does the page grow beyond it: better a long mail than a missed call.
     *
     * @throws BrokenTemplate if a template cannot be read or filled
     */
    public Rendered render(Edition edition, Frame frame) {
        var page = new Page(edition, frame, known);
        int inFull = page.items();
        Map<String, Object> model = page.model(inFull);
        String html = templates.fill("digest.html.ftlh", model);
        while (inFull > 0 && html.getBytes(StandardCharsets.UTF_8).length > HTML_AT_MOST) {
            inFull = inFull * 3 / 4;
            model = page.model(inFull);
            html = templates.fill("digest.html.ftlh", model);
        }
        String text = TextLayout.wrap(templates.fill("digest.txt.ftl", model));
        return new Rendered(page.subject(), text, html);
    }
}
