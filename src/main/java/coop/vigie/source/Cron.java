package coop.vigie.source;

import coop.vigie.config.Type;
import coop.vigie.config.Type.Bad;
import java.util.List;
import java.util.regex.Pattern;

/** A plausibility check of Quartz expressions: number of fields, letters, ranges. The scheduler has the last word. */
final class Cron {

    static final Type<String> TYPE = Cron::read;

    private record Field(String name, int least, int most, String words) {}

    private static final List<Field> FIELDS = List.of(
            new Field("seconds", 0, 59, ""),
            new Field("minutes", 0, 59, ""),
            new Field("hours", 0, 23, ""),
            new Field("day of month", 1, 31, "L|W|LW|L-\\d+|\\d+W"),
            new Field("month", 1, 12, "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"),
            new Field("day of week", 1, 7, "(SUN|MON|TUE|WED|THU|FRI|SAT)(#[1-5]|L)?|L|[1-7](#[1-5]|L)"),
            new Field("year", 1970, 2099, ""));
    private static final int DAY_OF_MONTH = 3;
    private static final int DAY_OF_WEEK = 5;
    private static final Pattern SEPARATORS = Pattern.compile("[-/]");

    private Cron() {}

    private static String read(String text) throws Bad {
        List<String> fields = List.of(text.strip().split("\\s+"));
        if (fields.size() < 6 || fields.size() > 7) {
            throw new Bad(
                    "'%s' has %d fields; a Quartz expression has 6 or 7, seconds first, such as \"0 30 6 ? * MON-FRI\""
                            .formatted(text, fields.size()));
        }
        for (int i = 0; i < fields.size(); i++) {
            for (String part : fields.get(i).split(",", -1)) {
                boolean open = part.equals("?") && (i == DAY_OF_MONTH || i == DAY_OF_WEEK);
                if (!open && !isPlausible(FIELDS.get(i), part)) {
                    throw new Bad("'%s' cannot stand for the %s"
                            .formatted(part, FIELDS.get(i).name()));
                }
            }
        }
        if (fields.get(DAY_OF_MONTH).equals("?") == fields.get(DAY_OF_WEEK).equals("?")) {
            throw new Bad("'" + text + "' must have a ? for either the day of month or the day of week");
        }
        return String.join(" ", fields);
    }

    private static boolean isPlausible(Field field, String part) {
        if (part.matches(field.words())) {
            return true;
        }
        String[] ends = SEPARATORS.split(part, -1);
        if (ends.length > 3) {
            return false;
        }
        for (String end : ends) {
            boolean inRange = end.matches("\\d{1,4}")
                    && (Integer.parseInt(end) >= field.least() || part.contains("/"))
                    && Integer.parseInt(end) <= field.most();
            if (!inRange && !end.equals("*") && !(end.matches("[A-Z]{3}") && end.matches(field.words()))) {
                return false;
            }
        }
        return true;
    }
}
