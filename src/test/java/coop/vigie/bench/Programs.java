package coop.vigie.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Programs of others, which may be installed or not. */
final class Programs {

    private Programs() {}

    /** Its exit code; 127, as from a shell, where there is no such program. Says nothing but what it says of errors. */
    static int run(List<String> command, Map<String, String> environment) {
        var builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        try {
            return builder.redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .waitFor();
        } catch (IOException notThere) {
            return 127;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command.getFirst() + " ran", e);
        }
    }
}
