package coop.vigie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** What the figures were measured on. */
final class Machine {

    private Machine() {}

    static String describe() {
        return "%s, %d processors, %s %s, JDK %s, load %.1f, %s"
                .formatted(
                        System.getProperty("os.name"),
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        System.getProperty("os.arch"),
                        System.getProperty("java.runtime.version"),
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                                .getSystemLoadAverage(),
                        LocalDate.now(ZoneOffset.UTC));
    }

    private static String processor() {
        return line("/proc/cpuinfo", "model name").replaceFirst(".*:\\s*", "");
    }

    /** The most memory that this process ever held, in MB; 0 where the system does not say. */
    static long peakMegabytes() {
        String digits = line("/proc/self/status", "VmHWM").replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits) / 1024;
    }

    /** What this process has taken of all processors together. */
    static long processorNanos() {
        return java.lang.management.ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static String line(String file, String start) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElse("");
        } catch (IOException notLinux) {
            return "";
        }
    }
}
