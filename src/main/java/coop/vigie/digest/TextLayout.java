package coop.vigie.digest;

import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Wraps the text part. The template writes logical lines; their indent is that of what follows. */
final class TextLayout {

    static final int COLUMNS = 72;

    private static final Pattern BULLET = Pattern.compile(" *(?:-|\\d{1,4}\\.) ");

    private static final Pattern SPACES = Pattern.compile(" +");

    private TextLayout() {}

    /**
     * Lines of at most {@value #COLUMNS} columns, broken at spaces; a line after "- " or "3. " is indented below its words. Words
     * longer than a line, such as addresses, stay whole. At most one blank line in a row, none at the ends.
     */
    static String wrap(String text) {
        var wrapped = new StringBuilder(text.length() + text.length() / 16);
        boolean blank = false;
        for (Iterator<String> lines = text.lines().iterator(); lines.hasNext(); ) {
            String line = lines.next().stripTrailing();
            if (line.isEmpty() && blank) {
                continue;
            }
            blank = line.isEmpty();
            wrap(line, wrapped);
            wrapped.append('\n');
        }
        return wrapped.toString().strip() + "\n";
    }

    private static void wrap(String line, StringBuilder wrapped) {
        int indent = line.length() - line.stripLeading().length();
        if (line.length() <= COLUMNS && line.indexOf("  ", indent) < 0) {
            wrapped.append(line);
            return;
        }
        Matcher bullet = BULLET.matcher(line);
        String hanging = " ".repeat(bullet.lookingAt() ? bullet.end() : indent);
        int column = 0;
        for (String word : SPACES.split(line.strip())) {
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
    }
}
