package coop.vigie.doctor;

import coop.vigie.config.ConfigException;
import coop.vigie.config.Settings;
import coop.vigie.config.SettingsFile;
import coop.vigie.digest.Renderer;
import coop.vigie.notice.VigieException;
import coop.vigie.source.Catalogue;
import coop.vigie.source.FeedsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs every check on one home; see {@link coop.vigie.doctor the package}. */
public final class Doctor {

    private final Path home;
    private final Map<String, String> environment;
    private final Instant clock;
    private final MailServer server;
    private final NameRecords records;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param environment for the secrets that configuration files name
     * @param clock what the machine takes for now
     */
    public Doctor(Path home, Map<String, String> environment, Instant clock, MailServer server, NameRecords records) {
        this.home = home;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.server = server;
        this.records = records;
    }

    /** @param live asks for the records of the sender's domain, too */
    public List<Finding> look(boolean live) {
        findings.clear();
        findings.addAll(new Machine(home, clock).look());
        Optional<Catalogue> catalogue = feeds();
        Optional<Settings> settings = settings();
        findings.addAll(new Stored(home.resolve("data")).look());
        templates();
        settings.ifPresent(this::mail);
        domain(catalogue, settings)
                .map(domain -> new Sender(domain, records))
                .ifPresent(sender -> findings.addAll(live ? sender.look() : sender.explain()));
        return List.copyOf(findings);
    }

    private Optional<Catalogue> feeds() {
        try {
            Catalogue catalogue = FeedsFile.read(home.resolve("feeds.yaml"), environment);
            findings.add(Finding.ok(
                    "feeds.ok", catalogue.sources().size(), catalogue.enabled().size()));
            return Optional.of(catalogue);
        } catch (ConfigException wrong) {
            wrong.problems().forEach(problem -> findings.add(Finding.problem("feeds.problem", problem)));
        } catch (VigieException unreadable) {
            findings.add(Finding.problem("feeds.problem", unreadable.getMessage()));
        }
        return Optional.empty();
    }

    private Optional<Settings> settings() {
        try {
            Settings settings = SettingsFile.read(home.resolve("vigie.yaml"), environment);
            boolean there = Files.exists(home.resolve("vigie.yaml"));
            findings.add(Finding.ok(there ? "settings.ok" : "settings.none"));
            return Optional.of(settings);
        } catch (ConfigException wrong) {
            wrong.problems().forEach(problem -> findings.add(Finding.problem("settings.problem", problem)));
        } catch (VigieException unreadable) {
            findings.add(Finding.problem("settings.problem", unreadable.getMessage()));
        }
        return Optional.empty();
    }

    private void templates() {
        Path folder = home.resolve("templates");
        try {
            new Renderer(folder).check();
            findings.add(Finding.ok(Files.isDirectory(folder) ? "templates.own" : "templates.built-in"));
        } catch (VigieException broken) {
            findings.add(Finding.problem("templates.broken", broken.getMessage()));
        }
    }

    private void mail(Settings settings) {
        if (settings.mail() == null) {
            findings.add(Finding.ok("mail.none"));
            return;
        }
        try {
            findings.add(Finding.ok("mail.ok", server.look(settings.mail())));
        } catch (VigieException down) {
            findings.add(Finding.problem("mail.down", down.getMessage()));
        }
    }

    private static Optional<String> domain(Optional<Catalogue> catalogue, Optional<Settings> settings) {
        return settings.map(Settings::mail)
                .map(Settings.Mail::from)
                .map(from -> from.address().domain())
                .or(() -> catalogue.map(each -> each.contactMail().domain()));
    }
}
