package coop.vigie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code vigie … > calls.csv} on a disk that is full must not end as if all were there. */
class FullDiskTest {

    private static final File FULL = new File("/dev/full");

    @Test
    void saysThatTheOutputIsNotComplete() throws Exception {
        assumeTrue(FULL.exists());
        List<String> command = new ArrayList<>(ProgramClasses.java());
        command.addAll(List.of("coop.vigie.cli.Main", "--ui-lang", "en", "codes", "find", "avocat"));

        Process process = new ProcessBuilder(command).redirectOutput(FULL).start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(3, process.exitValue(), said);
        assertTrue(said.contains("the output could not be written, and is not complete: No space left"), said);
    }
}
