package coop.vigie.newsletter;

import coop.vigie.digest.CallWords;
import coop.vigie.digest.Frame;
import coop.vigie.digest.Rendered;
import coop.vigie.digest.Renderer;
import coop.vigie.newsletter.Issue.Calls;
import coop.vigie.newsletter.Issue.Placed;
import coop.vigie.newsletter.Newsletter.Intro;
import coop.vigie.notice.LocalText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A newsletter in one language: as a mail, and as a fragment to paste elsewhere. */
public final class IssuePage {

    private final Issue issue;
    private final String language;
    private final Words words;

    IssuePage(Issue issue, String language) {
        this.issue = issue;
        this.language = language;
        this.words = new Words(language);
    }

    public String language() {
        return language;
    }

    public String subject() {
        LocalText title = issue.newsletter().title();
        return CallWords.line(title.in(List.of(language, LocalText.UNDETERMINED)));
    }

    /** @throws coop.vigie.digest.BrokenTemplate if a template cannot be read or filled */
    public Rendered mail(Renderer renderer, Frame frame) {
        return renderer.render("newsletter", subject(), model(frame));
    }

    /** HTML of p, h2, h3, ul, ol, li, a, strong and em alone, without a page around it. */
    public String html(Renderer renderer, Frame frame) {
        return renderer.fill("newsletter-fragment.html.ftlh", model(frame));
    }

    /** The same as Markdown. */
    public String markdown(Frame frame) {
        return new FragmentMarkdown(model(frame)).text();
    }

    private Map<String, Object> model(Frame frame) {
        var model = new HashMap<String, Object>();
        model.put("language", language);
        model.put("subject", subject());
        model.put("colours", frame.colours().model());
        model.put("brand", CallWords.line(frame.brand()));
        model.put("footer", frame.footer().strip());
        model.put("unsubscribe", frame.answers().unsubscribe());
        model.put("words", Map.of("unsubscribe", words.text("unsubscribe")));
        issue.newsletter().parts().stream()
                .flatMap(part -> part instanceof Intro intro ? Stream.of(intro) : Stream.of())
                .filter(intro ->
                        intro.language().equals(language) && !intro.text().isEmpty())
                .findFirst()
                .ifPresent(intro -> model.put("intro", Prose.of(intro.text())));
        var calls = new CallWords(language, List.of(language), issue.moment(), frame);
        List<Map<String, Object>> sections = new ArrayList<>();
        for (Issue.Section section : issue.sections()) {
            switch (section) {
                case Issue.Words own -> {
                    if (own.own().language().equals(language)) {
                        sections.add(Map.of(
                                "heading", CallWords.line(own.own().title()),
                                "own", Prose.of(own.own().text()),
                                "themes", List.of()));
                    }
                }
                case Calls chapter -> {
                    if (!chapter.calls().isEmpty()) {
                        sections.add(Map.of(
                                "heading",
                                words.text("chapter." + chapter.chapter().name().toLowerCase(Locale.ROOT)),
                                "themes",
                                themes(chapter.calls(), calls)));
                    }
                }
            }
        }
        model.put("sections", sections);
        return model;
    }

    /** What closes soon first, then theme by theme; in each what is told in full first, in the order of the file. */
    private List<Map<String, Object>> themes(List<Placed> placed, CallWords calls) {
        Map<String, List<Map<String, Object>>> themes = new LinkedHashMap<>();
        for (boolean soon : new boolean[] {true, false}) {
            for (Placed each : placed) {
                if (Draft.isSoon(each.call(), issue.moment()) == soon) {
                    themes.computeIfAbsent(
                                    soon ? words.text("soon", Draft.SOON_DAYS) : theme(each), any -> new ArrayList<>())
                            .add(item(each, soon, calls));
                }
            }
        }
        List<Map<String, Object>> headed = new ArrayList<>();
        themes.forEach((heading, items) -> headed.add(Map.of("heading", heading, "items", items)));
        return headed;
    }

    private String theme(Placed placed) {
        String id = placed.theme();
        LocalText name = id == null ? null : issue.themes().get(id);
        if (name == null) {
            return "";
        }
        return CallWords.line(name.isEmpty() ? String.valueOf(id) : name.in(List.of(language)));
    }

    private Map<String, Object> item(Placed placed, boolean soon, CallWords calls) {
        Map<String, Object> item = placed.entry().full() ? calls.full(placed.call(), soon) : calls.brief(placed.call());
        String comment = placed.entry().comments().get(language);
        if (comment != null) {
            item.put("comment", Prose.of(comment));
        }
        return item;
    }
}
