package coop.vigie.newsletter;

import coop.vigie.config.ConfigException;
import coop.vigie.config.Problem;
import coop.vigie.config.Section;
import coop.vigie.config.Settings;
import coop.vigie.config.Type;
import coop.vigie.config.YamlFile;
import coop.vigie.group.GroupId;
import coop.vigie.newsletter.Newsletter.Chapter;
import coop.vigie.newsletter.Newsletter.Entry;
import coop.vigie.newsletter.Newsletter.Intro;
import coop.vigie.newsletter.Newsletter.Own;
import coop.vigie.newsletter.Newsletter.Theme;
import coop.vigie.notice.LocalText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A newsletter with the file that it was read from.
 *
 * @param lines where each part stands, from 1, by its number
 * @param toLine where {@code to} stands, from 1
 */
public record NewsletterFile(Path file, Newsletter newsletter, List<Integer> lines, int toLine) {

    private static final int LARGEST = 1_000_000;
    private static final String FENCE = "---";
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.@_-]*");

    private static final Type<String> ID = text -> {
        if (!Newsletter.ID.matcher(text).matches()) {
            throw new Type.Bad("'" + text + "' is not an id such as 2026-12-01: letters, digits and hyphens");
        }
        return text;
    };
    private static final Type<LocalDateTime> SEND = text -> {
        try {
            LocalDate day = Type.DATE.read(text.substring(0, Math.min(10, text.length())));
            LocalTime time =
                    Type.TIME.read(text.substring(Math.min(10, text.length())).strip());
            return day.atTime(time);
        } catch (Type.Bad bad) {
            throw new Type.Bad("'" + text + "' is not a day and a time such as 2026-12-01 09:00");
        }
    };
    private static final Type<Boolean> APPROVED = text -> switch (text) {
        case "yes", "true" -> true;
        case "no", "false" -> false;
        default -> throw new Type.Bad("'" + text + "' is neither yes nor no");
    };
    private static final Type<LocalDate[]> PERIOD = text -> {
        String[] days = text.split("\\.\\.", -1);
        if (days.length != 2) {
            throw new Type.Bad("'" + text + "' is not a period such as 2026-11-01..2026-11-30");
        }
        LocalDate from = Type.DATE.read(days[0].strip());
        LocalDate until = Type.DATE.read(days[1].strip());
        if (until.isBefore(from)) {
            throw new Type.Bad("'" + text + "' ends before it begins");
        }
        return new LocalDate[] {from, until};
    };
    private static final Type<String> OFFERED = Type.oneOf(Settings.OFFERED, language -> language);
    /** A group, an address, or all of them. */
    private static final Type<String> ADDRESSEE = text -> {
        if (text.contains("@")) {
            return Type.MAIL_ADDRESS.read(text).value();
        }
        if (!GroupId.isValid(text)) {
            throw new Type.Bad("'" + text + "' is no id of a group, no address, and not 'all'");
        }
        return text;
    };

    public NewsletterFile {
        lines = List.copyOf(lines);
    }

    /** The file's name without its ending. */
    public static String stem(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.md$", "");
    }

    /** @throws ConfigException with everything that is wrong with the file */
    public static NewsletterFile read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw unreadable(file, "the file is larger than 1 MB");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return read(file, text);
        } catch (CharacterCodingException e) {
            throw unreadable(file, "not UTF-8 text; save the file as UTF-8");
        } catch (NoSuchFileException e) {
            throw unreadable(
                    file, "there is no such file in " + file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw unreadable(file, "the file cannot be read: " + e.getMessage());
        }
    }

    private static ConfigException unreadable(Path file, String why) {
        return new ConfigException(List.of(new Problem(String.valueOf(file.getFileName()), 1, 1, why)));
    }

    /** As {@link #read(Path)}, of what the file holds. */
    static NewsletterFile read(Path file, String content) {
        List<String> all = content.replaceFirst("^\ufeff", "").lines().toList();
        int fence = all.subList(Math.min(1, all.size()), all.size()).indexOf(FENCE) + 1;
        if (all.isEmpty() || !all.getFirst().strip().equals(FENCE) || fence < 1) {
            throw unreadable(
                    file, "the file must begin with a line --- , the keys such as 'id: 2026-12-01', and a line ---");
        }
        List<Problem> problems = new ArrayList<>();
        Newsletter head = null;
        try {
            // The fence becomes an empty line, so that lines are counted as in the file.
            String keys = "\n" + String.join("\n", all.subList(1, fence)) + "\n";
            head = YamlFile.readText(file, keys, null, NewsletterFile::head);
        } catch (ConfigException wrong) {
            problems.addAll(wrong.problems());
        }
        var body = new BodyReader(
                String.valueOf(file.getFileName()), head == null ? Settings.OFFERED : head.languages(), problems);
        body.read(all, fence + 1);
        if (head != null && !head.id().equals(stem(file))) {
            int line = 1
                    + (int) all.stream()
                            .takeWhile(each -> !each.startsWith("id:"))
                            .count();
            problems.add(new Problem(
                    String.valueOf(file.getFileName()),
                    line,
                    5,
                    "the id must be the file's name, " + stem(file) + ": each reader gets an id once"));
        }
        if (head == null || !problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
            throw new ConfigException(problems);
        }
        return new NewsletterFile(
                file,
                new Newsletter(
                        head.id(),
                        head.title(),
                        head.languages(),
                        head.from(),
                        head.until(),
                        head.send(),
                        head.approved(),
                        head.to(),
                        body.parts()),
                body.lines(),
                1
                        + (int) all.stream()
                                .takeWhile(line -> !line.startsWith("to:"))
                                .count());
    }

    private static @Nullable Newsletter head(Section keys) {
        String id = keys.required("id", ID);
        keys.require("title");
        LocalText title = keys.localText("title");
        keys.require("languages");
        var languages = keys.list("languages", OFFERED);
        LocalDate[] period = keys.required("period", PERIOD);
        LocalDateTime send = keys.required("send", SEND);
        boolean approved = keys.optional("approved", APPROVED, false);
        keys.require("to");
        var to = keys.oneOrMore("to", ADDRESSEE);
        if (languages.isEmpty() && !keys.isFilled("languages") && keys.has("languages")) {
            keys.problem("languages", "'languages' needs at least one language");
        }
        if (languages.stream().distinct().count() < languages.size()) {
            keys.problem("languages", "'languages' names a language twice");
        }
        if (to.isEmpty() && !keys.isFilled("to") && keys.has("to")) {
            keys.problem("to", "'to' needs a group, an address, or 'all'");
        }
        if (id == null || title == null || period == null || send == null || languages.isEmpty() || to.isEmpty()) {
            return null;
        }
        for (String language : languages) {
            if (!title.byLanguage().containsKey(language) && !title.byLanguage().containsKey(LocalText.UNDETERMINED)) {
                keys.problem("title", "the title is missing in " + language);
            }
        }
        return new Newsletter(id, title, languages, period[0], period[1], send, approved, to, List.of());
    }

    Problem problem(int line, String message) {
        return new Problem(String.valueOf(file.getFileName()), line, 1, message);
    }

    /** The file that such a newsletter makes; read again, it is the same newsletter. */
    public static String write(Newsletter newsletter) {
        var out = new StringBuilder();
        out.append(FENCE).append('\n');
        out.append(
                "# vigie newsletter preview | test MAIL | send | fragment | archive; docs/newsletter.md explains all\n");
        out.append("id: ").append(quoted(newsletter.id())).append('\n');
        out.append("title:\n");
        newsletter
                .title()
                .byLanguage()
                .forEach((language, text) -> out.append("  ")
                        .append(language)
                        .append(": ")
                        .append(quoted(text))
                        .append('\n'));
        out.append("languages: ").append(newsletter.languages()).append('\n');
        out.append("period: %s..%s\n".formatted(newsletter.from(), newsletter.until()));
        out.append("send: ").append(MOMENT.format(newsletter.send())).append('\n');
        out.append("# Nothing leaves before this says yes.\n");
        out.append("approved: ").append(newsletter.approved() ? "yes" : "no").append('\n');
        out.append("to: [")
                .append(String.join(
                        ", ",
                        newsletter.to().stream().map(NewsletterFile::quoted).toList()))
                .append("]\n");
        out.append(FENCE).append('\n');
        newsletter.parts().forEach(part -> out.append('\n').append(block(part)).append('\n'));
        return out.toString();
    }

    private static String block(Newsletter.Part part) {
        return switch (part) {
            case Intro intro -> block("## intro [" + intro.language() + "]", intro.text());
            case Own own -> block("## block [" + own.language() + "] " + own.title(), own.text());
            case Chapter chapter -> "## " + chapter.name().toLowerCase(Locale.ROOT);
            case Theme theme -> "### " + theme.group();
            case Entry entry -> entry(entry);
        };
    }

    private static String block(String heading, String text) {
        return text.isEmpty() ? heading : heading + "\n\n" + text;
    }

    private static String entry(Entry entry) {
        var out = new StringBuilder(entry.full() ? "#### " : "##### ").append(CallMark.of(entry.call()));
        if (!entry.noted().isEmpty()) {
            out.append(" · ").append(entry.noted());
        }
        if (!entry.title().isEmpty()) {
            out.append(" · ").append(entry.title());
        }
        entry.comments()
                .forEach((language, text) ->
                        out.append("\n\n[").append(language).append("] ").append(text));
        return out.toString();
    }

    /** A YAML scalar that nothing takes for anything but text. */
    private static String quoted(String text) {
        if (PLAIN.matcher(text).matches()
                && text.chars().anyMatch(Character::isLetter)
                && !text.matches("(?i)true|false|null|yes|no|on|off")) {
            return text;
        }
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
