package coop.vigie.digest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Wraps the text part. The template writes logical lines; their indent is that of what follows. */
final class TextLayout {

    static final int COLUMNS = 72;

    private static final Pattern BULLET = Pattern.compile(" *(?:-|\\d{1,4}\\.) ");

    private TextLayout() {}

    /**
     * Lines of at most {@value #COLUMNS} columns, broken at spaces; a line after "- " or "3. " is indented below its words. Words
     * longer than a line, such as addresses, stay whole. At most one blank line in a row, none at the ends.
     */
    static String wrap(String text) {
        return text.lines()
                        .map(String::stripTrailing)
                        .map(TextLayout::wrapLine)
                        .collect(Collectors.joining("\n"))
                        .replaceAll("\n{3,}", "\n\n")
                        .strip()
                + "\n";
    }

    private static String wrapLine(String line) {
        int indent = line.length() - line.stripLeading().length();
        Matcher bullet = BULLET.matcher(line);
        String hanging = " ".repeat(bullet.lookingAt() ? bullet.end() : indent);
        var wrapped = new StringBuilder(line.length() + 16);
        int column = 0;
        for (String word : line.strip().split(" +")) {
            int width = word.codePointCount(0, word.length());
            if (column == 0) {
                wrapped.append(line, 0, indent);
                column = indent;
            } else if (column + 1 + width > COLUMNS) {
                wrapped.append('\n').append(hanging);
                column = hanging.length();
            } else {
                wrapped.append(' ');
                column++;
            }
            wrapped.append(word);
            column += width;
        }
        return wrapped.toString();
    }
}
