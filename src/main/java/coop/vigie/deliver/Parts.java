package coop.vigie.deliver;

import com.fasterxml.jackson.core.type.TypeReference;
import coop.vigie.store.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A message that leaves in several parts, in their order. */
public final class Parts {

    private static final Pattern DONE = Pattern.compile("(\\d{1,6}) of \\d+");

    private Parts() {}

    /** The parts as the bytes of one message, for the outbox. */
    public static byte[] bytes(List<String> parts) {
        return Json.write(parts).getBytes(StandardCharsets.UTF_8);
    }

    static List<String> of(byte[] message) {
        return Json.read(new String(message, StandardCharsets.UTF_8), new TypeReference<List<String>>() {});
    }

    /** Hands over one part. */
    interface Each {
        /** @param number from 1 */
        Receipt send(int number, String part);
    }

    /**
     * Hands over what has not gone yet, and notes each part that has: after a failure or a crash, the rest follows, and at
     * most the part that was under way goes a second time.
     */
    static Receipt inOrder(Notes notes, String messageId, List<String> parts, Each each) {
        int done = notes.noted(messageId)
                .map(DONE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Integer.parseInt(matcher.group(1)))
                .orElse(0);
        for (int number = done + 1; number <= parts.size(); number++) {
            Receipt receipt = each.send(number, parts.get(number - 1));
            if (!(receipt instanceof Receipt.Accepted)) {
                return receipt;
            }
            notes.note(messageId, number + " of " + parts.size());
        }
        return new Receipt.Accepted(parts.size() + " of " + parts.size(), null);
    }
}
