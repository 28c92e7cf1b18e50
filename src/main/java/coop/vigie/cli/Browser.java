package coop.vigie.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Shows a page in the person's browser: that of the variable BROWSER, else the system's. */
final class Browser {

    /** Openers hand the page on and end; a browser that stays is one that shows it. */
    private static final int PATIENCE_SECONDS = 5;

    private Browser() {}

    /**
     * @param page an http or https address
     * @return false if there is no browser
     */
    static boolean show(String page, Map<String, String> environment) {
        try {
            Process browser = new ProcessBuilder(command(page, environment))
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return !browser.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || browser.exitValue() == 0;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> command(String page, Map<String, String> environment) throws IOException {
        String own = environment.getOrDefault("BROWSER", "").strip();
        if (!own.isEmpty()) {
            return List.of(own, page);
        }
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return List.of("open", page);
        }
        if (system.contains("win")) {
            // What "start" does, without a shell to which an & in an address would mean something.
            return List.of("rundll32", "url.dll,FileProtocolHandler", page);
        }
        boolean hasScreen = !environment.getOrDefault("DISPLAY", "").isEmpty()
                || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
        if (!hasScreen) {
            throw new IOException("no screen");
        }
        return List.of("xdg-open", page);
    }
}
