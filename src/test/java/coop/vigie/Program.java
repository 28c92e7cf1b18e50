package coop.vigie;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real program on one home, as a process of its own. Closing kills it if it still runs. */
final class Program implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path output;

    private Program(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param scratch for its output and as its folder for temporary files; exists */
    static Program start(Path home, Path scratch, String now, String... words) throws IOException {
        return start(home, scratch, List.of(), now, words);
    }

    /** @param java further options for Java, such as one for less memory */
    static Program start(Path home, Path scratch, List<String> java, String now, String... words) throws IOException {
        List<String> command = new ArrayList<>(ProgramClasses.java());
        command.addAll(java);
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + Files.createDirectories(scratch.resolve("tmp")),
                "coop.vigie.cli.Main",
                "--home",
                home.toString(),
                "--now",
                now,
                "--ui-lang",
                "en"));
        command.addAll(List.of(words));
        Path output = Files.createTempFile(scratch, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Program(process, output);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Kills it as {@code kill -9} does; false if it had ended before, and well. */
    boolean kill() throws InterruptedException {
        process.destroyForcibly();
        int code = process.waitFor();
        if (code != 0 && code != 128 + 9) {
            throw new AssertionError("the program ended with exit code " + code + ": " + outputOrFailure());
        }
        return code != 0;
    }

    /** Asks it to end, as {@code kill} and Ctrl-C do. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end; its exit code. */
    int end() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the program still runs after " + PATIENCE_SECONDS + " s");
        }
        return process.exitValue();
    }

    /** What it wrote on stdout and stderr. */
    String output() throws IOException {
        return Files.readString(output);
    }

    /** As {@link #output}, for messages of assertions. */
    String outputOrFailure() {
        try {
            return output();
        } catch (IOException failure) {
            return failure.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
