package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.notice.Level;
import coop.vigie.notice.Notice;
import coop.vigie.notice.SourceId;
import coop.vigie.pipeline.FetchRound.Trial;
import coop.vigie.source.Source;
import coop.vigie.watch.Alarm;
import coop.vigie.watch.Breach;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command
final class SourcesCommand {

    private static final int SHOWN = 5;

    private final Session session;

    SourcesCommand(Session session) {
        this.session = session;
    }

    @Command(name = "list")
    int list(@Option(names = "--format", paramLabel = "table|json|jsonl|csv", defaultValue = "table") Format format) {
        try (Vigie vigie = session.open()) {
            List<Source> sources = vigie.catalogue().sources();
            var health = Health.of(vigie);
            if (format != Format.TABLE) {
                session.listing()
                        .rows(
                                format,
                                sources.stream()
                                        .map(source -> view(source, health))
                                        .toList());
                return ExitCode.DONE;
            }
            Words words = session.words();
            session.listing()
                    .table(
                            List.of(
                                    Listing.Column.fixed(words.text("column.source")),
                                    Listing.Column.fixed(words.text("column.type")),
                                    Listing.Column.fixed(words.text("column.level")),
                                    Listing.Column.fixed(words.text("column.languages")),
                                    Listing.Column.fixed(words.text("column.health")),
                                    Listing.Column.flexible(words.text("column.name")),
                                    Listing.Column.flexible(words.text("column.url"))),
                            sources.stream()
                                    .map(source -> List.of(
                                            source.id().value(),
                                            source.type().code(),
                                            source.level().code(),
                                            String.join(" ", source.languages()),
                                            words.text("health." + (source.enabled() ? health.word(source) : "off")),
                                            source.name(),
                                            source.url().toString()))
                                    .toList());
            return ExitCode.DONE;
        }
    }

    private static Map<String, @Nullable Object> view(Source source, Health health) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", source.id().value());
        view.put("name", source.name());
        view.put("type", source.type().code());
        view.put("url", source.url().toString());
        view.put("level", source.level().code());
        view.put("kind", source.kind() == null ? "any" : source.kind().code());
        view.put("languages", source.languages());
        view.put("places", source.places());
        view.put("verified", Views.text(source.verified()));
        view.put("enabled", source.enabled());
        view.put("health", health.word(source));
        Breach breach = health.breach(source);
        view.put("breach", breach == null ? null : Views.breach(breach));
        return view;
    }

    /** What is wrong with sources now. */
    @Command(name = "quiet")
    int quiet(@Option(names = "--format", paramLabel = "table|json|jsonl|csv", defaultValue = "table") Format format) {
        try (Vigie vigie = session.open()) {
            List<Breach> breaches = vigie.breaches();
            var alarm = new Alarm(session.words().language());
            if (format != Format.TABLE) {
                session.listing()
                        .rows(
                                format,
                                breaches.stream()
                                        .map(breach -> view(vigie, breach, alarm))
                                        .toList());
            } else if (breaches.isEmpty()) {
                long failing = failing(vigie);
                session.say(failing == 0 ? "sources.all-well" : "sources.no-alarm", failing);
            } else {
                table(breaches, alarm);
            }
            return breaches.stream().allMatch(Breach::isAcknowledged) ? ExitCode.DONE : ExitCode.IN_PART;
        }
    }

    /** Sources whose last visit did not go well: no alarm yet, but not well either. */
    private static long failing(Vigie vigie) {
        var health = Health.of(vigie);
        return vigie.catalogue().enabled().stream()
                .filter(source -> List.of("failing", "gone").contains(health.word(source)))
                .count();
    }

    private void table(List<Breach> breaches, Alarm alarm) {
        Words words = session.words();
        session.listing()
                .table(
                        List.of(
                                Listing.Column.fixed(words.text("column.source")),
                                Listing.Column.fixed(words.text("column.raised")),
                                Listing.Column.fixed(words.text("column.seen")),
                                Listing.Column.flexible(words.text("column.message")),
                                Listing.Column.flexible(words.text("column.note"))),
                        breaches.stream()
                                .map(breach -> List.of(
                                        breach.source().value(),
                                        Say.moment(breach.raised()),
                                        seen(breach),
                                        alarm.sentence(breach.finding()),
                                        breach.note()))
                                .toList());
    }

    /** "24 Nov. 2026, 08:00 anne@example.org". */
    private String seen(Breach breach) {
        return breach.acknowledged() == null
                ? session.words().text("no")
                : (Say.moment(breach.acknowledged()) + " " + (breach.by() == null ? "" : breach.by())).strip();
    }

    private static Map<String, @Nullable Object> view(Vigie vigie, Breach breach, Alarm alarm) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("source", breach.source().value());
        view.putAll(Views.breach(breach));
        view.put("message", alarm.sentence(breach.finding()));
        view.put(
                "url",
                vigie.catalogue()
                        .find(breach.source())
                        .map(source -> source.url().toString())
                        .orElse(null));
        return view;
    }

    /** Notes that somebody has seen what is wrong with a source. */
    @Command(name = "ack")
    int ack(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--note", paramLabel = "TEXT", defaultValue = "") String note,
            @Option(names = "--by", paramLabel = "MAIL") @Nullable String by) {
        String who = session.who(by);
        try (Vigie vigie = session.open()) {
            if (!SourceId.isValid(id)
                    || vigie.catalogue().find(new SourceId(id)).isEmpty()) {
                throw new UsageException(session.words().text("fetch.unknown", id));
            }
            if (!vigie.acknowledge(new SourceId(id), who, note)) {
                throw new UsageException(session.words().text("sources.well", id));
            }
            session.say("sources.seen", id);
            return ExitCode.DONE;
        }
    }

    /** Reads the catalogue, and with {@code --live} also each source. */
    @Command(name = "check")
    int check(@Option(names = "--live") boolean live) {
        try (Vigie vigie = session.open()) {
            List<Source> sources = vigie.catalogue().enabled();
            vigie.settings();
            session.say("sources.readable", vigie.catalogue().sources().size(), sources.size());
            if (!live) {
                return ExitCode.DONE;
            }
            boolean good = true;
            try (var progress = new Progress(session.terminal(), "check", sources.size())) {
                for (Source source : sources) {
                    Trial trial = vigie.tryOut(source);
                    good &= trial.message().isEmpty();
                    progress.step(source.id().value());
                    session.terminal()
                            .out()
                            .println(
                                    trial.message().isEmpty()
                                            ? source.id() + ": "
                                                    + session.words()
                                                            .text(
                                                                    "sources.delivers",
                                                                    trial.notices()
                                                                            .size())
                                            : trouble(source, trial));
                }
            }
            return good ? ExitCode.DONE : ExitCode.IN_PART;
        }
    }

    /** Visits one source and shows what it would bring, without storing it. */
    @Command(name = "test")
    int test(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--format", paramLabel = "table|json|jsonl|csv", defaultValue = "table") Format format) {
        try (Vigie vigie = session.open()) {
            Source source = SourceId.isValid(id)
                    ? vigie.catalogue().find(new SourceId(id)).orElse(null)
                    : null;
            if (source == null) {
                throw new UsageException(session.words().text("fetch.unknown", id));
            }
            Trial trial = vigie.tryOut(source);
            print(trial, format);
            trial.warnings().forEach(session.terminal().err()::println);
            if (!trial.message().isEmpty()) {
                session.terminal().err().println(trouble(source, trial));
                return ExitCode.IN_PART;
            }
            session.say("sources.delivers", trial.notices().size());
            return ExitCode.DONE;
        }
    }

    /** Finds out how an address can be read, and proposes or writes an entry for it. */
    @Command(name = "add")
    int add(
            @Parameters(paramLabel = "URL") String url,
            @Option(names = "--type", paramLabel = "rss|html-list|sitemap|ics") @Nullable String type,
            @Option(names = "--id", paramLabel = "ID") @Nullable String id,
            @Option(names = "--name", paramLabel = "TEXT") @Nullable String name,
            @Option(names = "--level", paramLabel = "LEVEL", defaultValue = "private") Level level,
            @Option(names = "--kind", paramLabel = "call|tender|scheme|training|any", defaultValue = "call")
                    String kind,
            @Option(names = "--languages", paramLabel = "LANG,…", split = ",") @Nullable List<String> languages,
            @Option(names = "--places", paramLabel = "NUTS,…", split = ",") @Nullable List<String> places,
            @Option(names = "--allow-private-network") boolean allowPrivateNetwork,
            @Option(names = "--yes") boolean yes,
            @Option(names = "--format", paramLabel = "table|json", defaultValue = "table") NewSource.Form format) {
        var wish = new NewSource.Wish(
                url, type, id, name, level, kind, languages, places == null ? List.of() : places, allowPrivateNetwork);
        return new NewSource(session).add(wish, yes, format);
    }

    private String trouble(Source source, Trial trial) {
        return Advice.lines(session.words(), source.id().value(), trial.message(), trial.trouble(), null);
    }

    private void print(Trial trial, Format format) {
        Instant now = session.now();
        if (format != Format.TABLE) {
            session.listing()
                    .rows(
                            format,
                            trial.notices().stream()
                                    .map(notice -> Views.notice(notice, now))
                                    .toList());
            return;
        }
        List<Notice> first = trial.notices().stream().limit(SHOWN).toList();
        if (!first.isEmpty()) {
            Calls.table(
                    session,
                    first.stream().map(notice -> Views.alone(notice, now)).toList(),
                    now);
            if (trial.notices().size() > SHOWN) {
                session.say("sources.first", SHOWN);
            }
        }
    }
}
