package coop.vigie.group;

import coop.vigie.notice.VigieException;
import java.util.List;

/** A profile cannot be changed like that; nothing is. The message has one line per problem. */
public final class ProfileException extends VigieException {

    private final List<String> problems;

    /** @param problems each a sentence; not empty */
    public ProfileException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
