package coop.vigie.inbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Groups of {@code Name: value} lines, as reports have them (RFC 3464, section 2.1; RFC 5965), with names in small letters. */
final class StatusFields {

    private static final Pattern FIELD = Pattern.compile("([A-Za-z][A-Za-z0-9-]{1,40})[ \t]{0,9}:[ \t]*(.*)");
    private static final int MOST_GROUPS = 1000;

    private StatusFields() {}

    /** In their order; a line that is no field and continues none ends its group, as a blank one does. */
    static List<Map<String, String>> groups(String text) {
        var groups = new ArrayList<Map<String, String>>();
        Map<String, String> group = new LinkedHashMap<>();
        String last = "";
        for (String line : (text + "\n\n").split("\n", -1)) {
            Matcher field = FIELD.matcher(line);
            if (field.matches()) {
                last = field.group(1).toLowerCase(Locale.ROOT);
                // A second recipient without a blank line before it.
                if (last.equals("final-recipient") && group.containsKey(last)) {
                    groups.add(group);
                    group = new LinkedHashMap<>();
                }
                group.putIfAbsent(last, field.group(2).strip());
            } else if (!line.isBlank()
                    && (line.charAt(0) == ' ' || line.charAt(0) == '\t')
                    && group.containsKey(last)) {
                if (group.getOrDefault(last, "").length() < 4000) {
                    group.merge(last, line.strip(), (before, more) -> before + " " + more);
                }
            } else if (!group.isEmpty()) {
                groups.add(group);
                group = new LinkedHashMap<>();
                last = "";
            }
            if (groups.size() >= MOST_GROUPS) {
                break;
            }
        }
        return groups;
    }
}
