package coop.vigie.newsletter;

import coop.vigie.config.Problem;
import coop.vigie.newsletter.Newsletter.Chapter;
import coop.vigie.newsletter.Newsletter.Entry;
import coop.vigie.newsletter.Newsletter.Intro;
import coop.vigie.newsletter.Newsletter.Own;
import coop.vigie.newsletter.Newsletter.Part;
import coop.vigie.newsletter.Newsletter.Theme;
import coop.vigie.notice.NoticeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what stands below the keys. A line that begins with # begins a part; all others are words of people. */
final class BodyReader {

    private static final Pattern HEADING = Pattern.compile("(?s)(#{1,6})(?:[ \\t]+(.*))?");
    private static final Pattern INTRO = Pattern.compile("intro[ \\t]*\\[([a-z]{2})]");
    private static final Pattern OWN = Pattern.compile("block[ \\t]*\\[([a-z]{2})][ \\t]+(\\S.*)");
    private static final Pattern CHAPTER = Pattern.compile("calls|tenders");
    private static final Pattern THEME = Pattern.compile("[a-z0-9-]+");
    private static final Pattern ENTRY = Pattern.compile("(\\S+)(?: · (\\S+))?(?: · (\\S.*))?");

    private final String file;
    private final List<String> languages;
    private final List<Problem> problems;
    private final List<Part> parts = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private final Map<Object, Integer> firsts = new HashMap<>();

    private boolean inChapter;

    /** The heading of the part that is being read; null before the first one, and below a heading that is wrong. */
    private @Nullable String heading;

    private boolean belowWrong;
    private int headingLine;
    private final List<String> text = new ArrayList<>();

    BodyReader(String file, List<String> languages, List<Problem> problems) {
        this.file = file;
        this.languages = languages;
        this.problems = problems;
    }

    List<Part> parts() {
        return parts;
    }

    List<Integer> lines() {
        return lines;
    }

    /** @param from index of the first line of the body */
    void read(List<String> all, int from) {
        for (int i = from; i < all.size(); i++) {
            String line = all.get(i).stripTrailing();
            if (HEADING.matcher(line).matches()) {
                end();
                heading = line;
                headingLine = i + 1;
                belowWrong = false;
                text.clear();
            } else if (heading == null && !belowWrong && !line.isBlank()) {
                problem(i + 1, 1, "words before the first part; begin with ## intro [" + languages.getFirst() + "]");
                belowWrong = true;
            } else {
                // Two blanks at the end of a line break it in Markdown.
                text.add(all.get(i));
            }
        }
        end();
    }

    private void end() {
        if (heading == null) {
            return;
        }
        Matcher matcher = HEADING.matcher(heading);
        String words =
                matcher.matches() && matcher.group(2) != null ? matcher.group(2).strip() : "";
        Part part =
                switch (heading.length() - heading.replaceFirst("^#+", "").length()) {
                    case 2 -> section(words);
                    case 3 -> theme(words);
                    case 4 -> entry(words, true);
                    case 5 -> entry(words, false);
                    default -> unknown();
                };
        if (part == null) {
            belowWrong = true;
        } else {
            parts.add(part);
            lines.add(headingLine);
        }
        heading = null;
    }

    private @Nullable Part unknown() {
        problem(
                headingLine,
                1,
                "unknown part; known are ## intro [fr], ## block [fr] Title, ## calls, ## tenders, ### group, #### call"
                        + " and ##### call");
        return null;
    }

    private @Nullable Part section(String words) {
        Matcher intro = INTRO.matcher(words);
        if (intro.matches()) {
            inChapter = false;
            String language = intro.group(1);
            once("intro " + language, "the intro in " + language);
            return known(language, headingLine) ? new Intro(language, String.join("\n", text)) : null;
        }
        Matcher own = OWN.matcher(words);
        if (own.matches()) {
            inChapter = false;
            String language = own.group(1);
            return known(language, headingLine) ? new Own(language, own.group(2), String.join("\n", text)) : null;
        }
        if (CHAPTER.matcher(words).matches()) {
            inChapter = true;
            once("## " + words, "'## " + words + "'");
            wordless("'## " + words + "'");
            return Chapter.valueOf(words.toUpperCase(Locale.ROOT));
        }
        return unknown();
    }

    private @Nullable Part theme(String words) {
        if (!THEME.matcher(words).matches()) {
            problem(headingLine, 5, "'" + words + "' is no id of a group (a-z, 0-9 and -)");
            return null;
        }
        belowChapter();
        wordless("a group");
        return new Theme(words);
    }

    private @Nullable Part entry(String words, boolean full) {
        int column = full ? 6 : 7;
        Matcher matcher = ENTRY.matcher(words);
        if (!matcher.matches()) {
            problem(headingLine, column, "a call is written as ID, or ID · date · title");
            return null;
        }
        String id;
        try {
            id = CallMark.read(matcher.group(1));
        } catch (IllegalArgumentException wrong) {
            id = "";
        }
        if (NoticeId.parse(id).isEmpty()) {
            problem(headingLine, column, "'" + matcher.group(1) + "' is not the id of a call, such as bda:2026-123");
            return null;
        }
        belowChapter();
        once(NoticeId.parse(id), "the call " + matcher.group(1));
        String noted = matcher.group(2);
        String title = matcher.group(3);
        try {
            return new Entry(id, full, noted == null ? "" : noted, title == null ? "" : title, comments());
        } catch (IllegalArgumentException nested) {
            problem(headingLine, column, String.valueOf(nested.getMessage()));
            return null;
        }
    }

    private Map<String, String> comments() {
        var comments = new LinkedHashMap<String, List<String>>();
        List<String> open = null;
        for (int i = 0; i < text.size(); i++) {
            String line = text.get(i);
            Matcher begin = Newsletter.COMMENT.matcher(line);
            if (begin.lookingAt()) {
                String language = begin.group(1);
                known(language, headingLine + 1 + i);
                open = new ArrayList<>(List.of(line.substring(begin.end())));
                if (comments.put(language, open) != null) {
                    problem(headingLine + 1 + i, 1, "a second comment in " + language + " on the same call");
                }
            } else if (open != null) {
                open.add(line);
            } else if (!line.isBlank()) {
                problem(headingLine + 1 + i, 1, "a comment begins with its language: [" + languages.getFirst() + "] …");
                open = new ArrayList<>();
            }
        }
        var texts = new LinkedHashMap<String, String>();
        comments.forEach((language, lines) -> {
            String words = String.join("\n", lines).strip();
            if (!words.isEmpty()) {
                texts.put(language, words);
            }
        });
        return texts;
    }

    private boolean known(String language, int line) {
        if (!languages.contains(language)) {
            problem(line, 1, "'" + language + "' is not among the languages of this newsletter " + languages);
            return false;
        }
        return true;
    }

    private void once(Object what, String words) {
        Integer first = firsts.putIfAbsent(what, headingLine);
        if (first != null) {
            problem(headingLine, 1, words + " stands here twice; first in line " + first);
        }
    }

    private void belowChapter() {
        if (!inChapter) {
            problem(headingLine, 1, "this stands below no '## calls' and no '## tenders'");
        }
    }

    private void wordless(String what) {
        for (int i = 0; i < text.size(); i++) {
            if (!text.get(i).isBlank()) {
                problem(headingLine + 1 + i, 1, what + " has no words of its own; use ## block [fr] Title");
                return;
            }
        }
    }

    private void problem(int line, int column, String message) {
        problems.add(new Problem(file, line, column, message));
    }
}
