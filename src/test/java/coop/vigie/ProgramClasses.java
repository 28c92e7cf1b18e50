package coop.vigie;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The program as a jar with an archive of its classes, made once for all processes of a test run: a hundred cold starts would
 * otherwise read the same thousands of classes a hundred times. Java archives none from folders, hence the jar.
 */
final class ProgramClasses {

    private static final long PATIENCE_SECONDS = 120;
    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xlog:disable",
            "-Xmx192m",
            "--enable-native-access=ALL-UNNAMED");

    private static final List<String> COMMAND = archived();

    private ProgramClasses() {}

    /** The command for Java with options and class path, without a main class. */
    static List<String> java() {
        return COMMAND;
    }

    /** Trained on a whole demo. Without an archive, say on another Java, the program only starts more slowly. */
    private static List<String> archived() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "program").toAbsolutePath());
            Path archive = folder.resolve("classes.jsa");
            String classPath = classPath(folder.resolve("vigie.jar"));
            List<String> train = command("-XX:ArchiveClassesAtExit=" + archive, classPath);
            train.addAll(List.of("-Djava.io.tmpdir=" + folder, "coop.vigie.cli.Main", "demo"));
            Process training = new ProcessBuilder(train)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("training.txt").toFile())
                    .start();
            if (!training.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                training.destroyForcibly();
            }
            return List.copyOf(command("-XX:SharedArchiveFile=" + archive, classPath));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static List<String> command(String option, String classPath) {
        List<String> command = new ArrayList<>(JAVA);
        command.addAll(List.of(option, "-cp", classPath));
        return command;
    }

    /** The class path of the tests, with the program's folder of classes as a jar, and without the tests' own. */
    private static String classPath(Path jar) throws IOException {
        String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<Path> entries =
                Arrays.stream(tests.split(File.pathSeparator)).map(Path::of).toList();
        Path classes = entries.stream()
                .filter(entry -> Files.exists(entry.resolve("coop/vigie/cli/Main.class")))
                .findFirst()
                .orElseThrow();
        pack(classes, jar);
        return Stream.concat(Stream.of(jar), entries.stream().filter(Files::isRegularFile))
                .map(Path::toString)
                .reduce((one, other) -> one + File.pathSeparator + other)
                .orElseThrow();
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }
}
