package coop.vigie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A piece of a benchmark in a Java process of its own, which says what it measured in JSON on its output. */
final class JavaStep {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JavaStep() {}

    /** Options with which {@code ./vigie} starts a round, its class cache included; where {@code ./bench} did not start us, the heap alone. */
    static List<String> asARound() {
        return List.of(System.getProperty("vigie.round", "-Xmx512m").split("\t"));
    }

    /**
     * @param checkout the folder that the process runs in
     * @param options for Java, beside the serial collector and the class path
     */
    static JsonNode run(Path checkout, List<String> options, Class<?> step, String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), step.getName()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("vigie-bench-", ".json");
        try {
            int code = new ProcessBuilder(command)
                    .directory(checkout.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException(
                        step.getSimpleName() + " " + List.of(arguments) + " ended with exit code " + code);
            }
            return JSON.readTree(Files.readAllBytes(out));
        } finally {
            Files.delete(out);
        }
    }
}
