package coop.vigie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The start script, on a copy in a folder of its own with a tiny program that says what it was given. */
@Execution(ExecutionMode.CONCURRENT)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the start script is for bash")
class LauncherTest {

    private static final List<String> TOOLS = List.of(
            "bash",
            "sh",
            "env",
            "sed",
            "tr",
            "cut",
            "find",
            "head",
            "tail",
            "cat",
            "mkdir",
            "rmdir",
            "rm",
            "mv",
            "cp",
            "mktemp",
            "dirname",
            "readlink",
            "cksum",
            "touch",
            "sleep",
            "ls");

    /** For a shell script in place of Java; what ends with the training alone does not reach the process that runs this test. */
    private static final String IN_TRAINING = "case \"$*\" in *AOTCacheOutput*|*ArchiveClassesAtExit*) %s ;; esac\n";

    @TempDir
    private static Path shared;

    private static Path program;

    @TempDir
    private Path scratch;

    private Path checkout;
    private Path bin;
    private final Map<String, String> environment = new TreeMap<>();

    @BeforeAll
    static void makeTheProgram() throws IOException {
        Path source = shared.resolve("Said.java");
        Files.writeString(source, """
                public class Said {
                    public static void main(String[] words) {
                        System.err.println("java " + System.getProperty("java.home"));
                        for (String word : words) {
                            System.out.println("[" + word + "]");
                        }
                    }
                }
                """);
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", shared.toString(), source.toString());
        assertEquals(0, code);
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Said");
        program = shared.resolve("said.jar");
        try (OutputStream out = Files.newOutputStream(program);
                var jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new JarEntry("Said.class"));
            jar.write(Files.readAllBytes(shared.resolve("Said.class")));
        }
    }

    /** A checkout with its program built, and a PATH that has the common tools but neither java nor mvn. */
    @BeforeEach
    void makeTheCheckout() throws IOException {
        // Spaces: somebody's folder has them.
        checkout = Files.createDirectories(scratch.resolve("check out"));
        Files.copy(Path.of("vigie"), checkout.resolve("vigie"));
        Files.copy(Path.of("launcher.sh"), checkout.resolve("launcher.sh"));
        executable(checkout.resolve("vigie"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Files.createDirectories(checkout.resolve("src/main"));
        Files.createDirectories(checkout.resolve("target"));
        Files.copy(program, jar());
        Files.setLastModifiedTime(jar(), FileTime.from(Instant.now().plusSeconds(60)));
        // A file where the cache would be: no cache, and no seconds spent on making one. It stops root, too.
        Files.createFile(checkout.resolve(".vigie-cache"));
        bin = Files.createDirectories(scratch.resolve("tools"));
        for (String tool : TOOLS) {
            for (Path folder : List.of(Path.of("/usr/bin"), Path.of("/bin"))) {
                if (Files.isExecutable(folder.resolve(tool)) && Files.notExists(bin.resolve(tool))) {
                    Files.createSymbolicLink(bin.resolve(tool), folder.resolve(tool));
                }
            }
        }
        environment.put("PATH", bin.toString());
        environment.put("HOME", scratch.toString());
        environment.put(
                "TMPDIR", Files.createDirectories(scratch.resolve("t m p")).toString());
        environment.put("VIGIE_JAVA_HOME", System.getProperty("java.home"));
    }

    @Test
    void passesArgumentsThrough_whateverTheyHold() throws Exception {
        Files.createFile(checkout.resolve("a-file-that-a-star-would-find"));

        Run run = run("search", "*", "two words", "it's \"so\"", "", "$HOME", "-x", "a\\b");

        assertEquals(
                lines("[search]", "[*]", "[two words]", "[it's \"so\"]", "[]", "[$HOME]", "[-x]", "[a\\b]"), run.out());
        assertEquals(0, run.code());
    }

    @Test
    void readsAccents_whereNoLanguageIsSet() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/lib/locale/C.utf8")), "skipped: this machine has no C.UTF-8");

        assertEquals("[théâtre]\n", run("théâtre").out());
    }

    @Test
    void takesAnotherCollector_whereOneIsAskedFor() throws Exception {
        environment.put("VIGIE_JVM_OPTS", "-Xmx64m -XX:+UseParallelGC");

        Run run = run("here");

        assertEquals("[here]\n", run.out(), run::err);
        assertEquals("[run]\n", run("run").out());
    }

    @Test
    void startsWithoutArguments() throws Exception {
        assertEquals("", run().out());
    }

    @Test
    void startsThroughLinks_fromAnotherFolder_whateverCdpathSays() throws Exception {
        Path elsewhere = Files.createDirectories(scratch.resolve("elsewhere/deep"));
        Files.createSymbolicLink(elsewhere.resolve("one"), Path.of("../two"));
        Files.createSymbolicLink(elsewhere.resolveSibling("two"), checkout.resolve("vigie"));
        environment.put("CDPATH", scratch.toString());

        assertEquals("[here]\n", start(elsewhere, "./one", "here").end().out());
        assertEquals("[here]\n", start(scratch, "check out/vigie", "here").end().out());
    }

    @Test
    void passesOverAJavaThatIsTooOldOrBroken() throws Exception {
        environment.put("JAVA_HOME", fakeJdk("old jdk", "17.0.9").toString());
        Path onThePath = fakeJdk("broken", "");
        environment.put("PATH", onThePath.resolve("bin") + ":" + bin);

        Run run = run("here");

        assertEquals("[here]\n", run.out());
        assertTrue(run.err().contains("java " + System.getProperty("java.home")), run::err);
    }

    @Test
    void takesJavaHome_whenNothingElseIsSaid_andTheHomeFolderIsUnknown() throws Exception {
        environment.remove("VIGIE_JAVA_HOME");
        environment.remove("HOME");
        environment.put("JAVA_HOME", System.getProperty("java.home"));

        assertEquals("[here]\n", run("here").out());
    }

    @Test
    void saysInOneSentenceWhatIsMissing_whenThereIsNoJava() throws Exception {
        // The usual folders of this machine may hold a JDK: the copy looks into one that does not exist instead.
        Path script = checkout.resolve("launcher.sh");
        String text = Files.readString(script).replaceAll("/(usr/lib/jvm|usr/java|opt|Library)/", "/no/such/");
        Files.writeString(script, text);
        environment.remove("VIGIE_JAVA_HOME");
        environment.put("JAVA_HOME", fakeJdk("old jdk", "1.8.0_392").toString());

        Run run = run("search", "x");

        assertEquals(3, run.code());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run::err);
        assertTrue(run.err().startsWith("vigie: no JDK 21 or later found"), run::err);
    }

    @Test
    void saysWhatIsMissing_whenThereIsNoMavenToBuildWith() throws Exception {
        Files.delete(jar());

        Run run = run("here");

        assertEquals(3, run.code());
        assertTrue(run.err().startsWith("vigie: Maven is needed"), run::err);
    }

    @Test
    void keepsStdoutClean_whenTheClassCacheIsDamaged() throws Exception {
        Files.delete(checkout.resolve(".vigie-cache"));
        assertEquals("[here]\n", run("here").out());
        List<Path> archives = caches();
        assertEquals(2, archives.size(), archives::toString);
        for (Path archive : archives) {
            Files.writeString(archive, "this is no archive");
        }

        for (String command : List.of("here", "search")) {
            Run run = run(command);

            assertEquals("[" + command + "]\n", run.out());
            assertEquals(0, run.code());
        }
    }

    /** A Java that is told to end does so of its own accord, which a shell takes for a failure. */
    @Test
    void endsAndTrainsAgainLater_whenSomebodyPressesCtrlCDuringTheFirstStart() throws Exception {
        assumeTrue(shell("trap").isEmpty(), "skipped: here signals are ignored");
        Files.delete(checkout.resolve(".vigie-cache"));
        Path interrupted = javaThat("interrupted", IN_TRAINING.formatted("kill -INT $PPID; exit 130"));
        environment.put("VIGIE_JAVA_HOME", interrupted.toString());

        Run run = run("here");

        assertEquals(130, run.code());
        assertEquals("", run.out());
        assertEquals(List.of(), caches(), "an empty one would say that none can be made");
        assertFalse(Files.exists(lock()), "the lock is still there");
        try (Stream<Path> left = Files.list(scratch.resolve("t m p"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    /** A cron job may find another one than a terminal. */
    @Test
    void keepsTheCachesOfTwoJdks_asLongAsTheProgramIsTheSame() throws Exception {
        Files.delete(checkout.resolve(".vigie-cache"));
        Files.setLastModifiedTime(jar(), FileTime.from(Instant.now()));
        String working =
                IN_TRAINING.formatted("exit 1") + "exec '" + System.getProperty("java.home") + "/bin/java' \"$@\"";
        for (String name : List.of("one", "two", "one")) {
            environment.put("VIGIE_JAVA_HOME", javaThat(name, working).toString());
            assertEquals("[here]\n", run("here").out());
        }

        assertEquals(4, caches().size(), caches()::toString);
        Files.setLastModifiedTime(jar(), FileTime.from(Instant.now().plusSeconds(120)));
        run("here");

        assertEquals(2, caches().size(), caches()::toString);
    }

    /** Processes of a container that starts again have the numbers of those before. */
    @Test
    void takesOverALock_ofADeadProcessWithItsOwnNumber() throws Exception {
        Files.delete(jar());
        fakeMaven("cp '" + program + "' target/vigie.jar");
        Files.createDirectories(lock());
        Files.writeString(checkout.resolve("again"), "echo $$ > .vigie-cache/lock/pid; exec ./vigie here");

        assertEquals("[here]\n", start(checkout, "again").end().out());
    }

    @Test
    void buildsOnce_whenSeveralStartAtTheSameTime_andLeavesTheirInputAlone() throws Exception {
        Files.delete(jar());
        fakeMaven("sleep 1; cp '" + program + "' target/vigie.jar");

        List<Started> started = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            started.add(start(checkout, "./vigie", "here"));
        }
        for (Started each : started) {
            Run run = each.end();
            assertEquals("[here]\n", run.out(), run::err);
        }

        assertEquals("built\n", Files.readString(checkout.resolve("builds")), "once, with an empty stdin");
        assertFalse(Files.exists(lock()), "the lock is still there");
    }

    @Test
    void takesOverTheLockOfADeadProcess() throws Exception {
        Files.delete(jar());
        fakeMaven("cp '" + program + "' target/vigie.jar");
        Files.createDirectories(lock());
        Files.writeString(lock().resolve("pid"), Long.toString(deadProcess()));

        List<Started> started = List.of(start(checkout, "./vigie", "a"), start(checkout, "./vigie", "b"));

        assertEquals("[a]\n", started.getFirst().end().out());
        assertEquals("[b]\n", started.getLast().end().out());
        assertEquals("built\n", Files.readString(checkout.resolve("builds")));
        assertFalse(Files.exists(lock()), "the lock is still there");
    }

    @Test
    void showsTheEndOfTheLog_andFreesTheLock_whenTheBuildFails() throws Exception {
        Files.delete(jar());
        fakeMaven("echo 'a semicolon is missing'; exit 1");

        Run run = run("here");

        assertEquals(3, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().contains("a semicolon is missing"), run::err);
        assertFalse(Files.exists(lock()), "the lock is still there");
    }

    @Test
    void saysWhoMustBuild_whenTheCheckoutCannotBeWritten() throws Exception {
        Files.delete(jar());
        fakeMaven("exit 0");
        Files.createFile(checkout.resolve(".vigie-cache"));

        Run run = run("here");

        assertEquals(3, run.code());
        assertTrue(run.err().contains("cannot be written"), run::err);
    }

    private Path jar() {
        return checkout.resolve("target/vigie.jar");
    }

    private Path lock() {
        return checkout.resolve(".vigie-cache/lock");
    }

    private List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.list(checkout.resolve(".vigie-cache"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("vigie-"))
                    .toList();
        }
    }

    private Path fakeJdk(String name, String version) throws IOException {
        Path folder = scratch.resolve(name);
        Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho started a wrong java; exit 9\n");
        executable(java);
        if (!version.isEmpty()) {
            Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        }
        return folder;
    }

    /** A JDK of this Java's version whose {@code java} does this. */
    private Path javaThat(String name, String does) throws IOException {
        Path folder = scratch.resolve(name);
        Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + does + "\n");
        executable(java);
        Files.writeString(
                folder.resolve("release"),
                "JAVA_VERSION=\"%d\"\nJAVA_RUNTIME_VERSION=\"%s\"\n"
                        .formatted(Runtime.version().feature(), name));
        return folder;
    }

    private String shell(String command) throws Exception {
        Path script = Files.writeString(Files.createTempFile(scratch, "script", ""), command);
        return start(checkout, script.toString()).end().out();
    }

    /** A Maven that notes that it ran, and would swallow what the program is to read. */
    private void fakeMaven(String then) throws IOException {
        Files.delete(checkout.resolve(".vigie-cache"));
        Path maven = bin.resolve("mvn");
        Files.writeString(maven, "#!/bin/sh\necho \"built$(cat)\" >> builds\n" + then + "\n");
        executable(maven);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static long deadProcess() throws Exception {
        Process process = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
        process.waitFor();
        return process.pid();
    }

    private static String lines(String... lines) {
        return String.join("\n", lines) + "\n";
    }

    private Run run(String... words) throws Exception {
        return start(checkout, "./vigie", words).end();
    }

    private record Run(int code, String out, String err) {}

    private record Started(Process process, Path out, Path err) {

        Run end() throws Exception {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running; on stderr: " + Files.readString(err));
            }
            return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    private Started start(Path folder, String script, String... words) throws IOException {
        var command = new ArrayList<>(List.of(bin.resolve("bash").toString(), script));
        command.addAll(List.of(words));
        Path out = Files.createTempFile(scratch, "out", "");
        Path err = Files.createTempFile(scratch, "err", "");
        Path in = Files.writeString(Files.createTempFile(scratch, "in", ""), "for the program");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Started(builder.start(), out, err);
    }
}
