package coop.vigie.config;

import coop.vigie.notice.VigieException;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration file cannot be used; holds everything that is wrong with it. The message has one line per problem. */
public final class ConfigException extends VigieException {

    private final List<Problem> problems;

    /** @param problems in the order of the file; not empty */
    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** In the order of the file; never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
