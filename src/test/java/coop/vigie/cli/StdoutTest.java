package coop.vigie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StdoutTest {

    @ParameterizedTest
    @CsvSource({
        "No space left on device, true",
        "Input/output error, true",
        "Broken pipe, false",
        "The pipe is being closed, false"
    })
    void tellsAFullDiskFromAReaderWhoHasGone(String failure, boolean isLoss) {
        var stdout = new Stdout(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(failure);
            }
        });

        stdout.println("théâtre");
        stdout.flush();

        assertEquals(isLoss, stdout.loss() != null);
    }

    @Test
    void writesUtf8_andLosesNothing() {
        var bytes = new ByteArrayOutputStream();
        var stdout = new Stdout(bytes);

        stdout.print("théâtre");
        stdout.flush();

        assertEquals("théâtre", bytes.toString(StandardCharsets.UTF_8));
        assertNull(stdout.loss());
    }
}
