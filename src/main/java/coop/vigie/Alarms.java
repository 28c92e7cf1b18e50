package coop.vigie;

import coop.vigie.config.Settings;
import coop.vigie.digest.Block.SilentSource;
import coop.vigie.digest.Block.Trouble;
import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.SourceId;
import coop.vigie.pipeline.DigestRun.Notice;
import coop.vigie.source.Catalogue;
import coop.vigie.source.Source;
import coop.vigie.store.SourceStore;
import coop.vigie.watch.Alarm;
import coop.vigie.watch.Breach;
import coop.vigie.watch.WatchStore;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who hears of sources in trouble: the operator by mail, once, and every reader at the end of each digest. */
final class Alarms {

    private final Catalogue catalogue;
    private final Settings settings;
    private final WatchStore store;
    private final Instant now;

    Alarms(Catalogue catalogue, Settings settings, WatchStore store, Instant now) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.store = store;
        this.now = now;
    }

    /** One mail about everything of which the operator has not heard; empty if there is nothing. */
    Optional<Notice> notice() {
        List<Breach> fresh = store.unmailed();
        List<Alarm.Named> named = fresh.stream()
                .flatMap(breach ->
                        enabled(breach.source())
                                .map(source -> new Alarm.Named(breach, source.name(), source.url()))
                                .stream())
                .toList();
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Settings.Watch watch = settings.watch();
        List<EmailAddress> to = watch.alert().isEmpty() ? List.of(catalogue.contactMail()) : watch.alert();
        String asked = watch.language();
        String language = asked == null ? settings.languages().getFirst() : asked;
        return Optional.of(new Notice(
                to,
                language,
                new Alarm(language).mail(settings.brand().name(), named),
                () -> store.mailed(fresh, now)));
    }

    /** Sources that could not be read, or do not deliver as they should, until they do again. */
    List<SilentSource> silent(List<SourceStore.State> states) {
        Map<SourceId, Breach> open = new HashMap<>();
        store.open().forEach(breach -> open.put(breach.source(), breach));
        List<SilentSource> silent = new ArrayList<>();
        for (SourceStore.State state : states) {
            Breach breach = open.get(state.source());
            if (state.failures() > 0 || breach != null) {
                enabled(state.source()).ifPresent(source -> silent.add(silent(source, state, breach)));
            }
        }
        return silent;
    }

    private static SilentSource silent(Source source, SourceStore.State state, @Nullable Breach breach) {
        Trouble trouble = Trouble.UNREAD;
        Instant since = state.lastOk();
        if (breach != null && (state.failures() == 0 || breach.finding().delivers())) {
            boolean delivers = breach.finding().delivers();
            trouble = delivers ? Trouble.INCOMPLETE : Trouble.QUIET;
            ZoneId zone = source.zone();
            since = switch (breach.finding().kind()) {
                case NEVER -> null;
                case SILENT, EMPTY -> state.lastItem();
                case UNREAD, LAYOUT, COUNT ->
                    delivers ? breach.finding().since().atStartOfDay(zone).toInstant() : state.lastItem();
            };
        }
        return new SilentSource(source.id().value(), source.name(), source.url().toString(), since, trouble);
    }

    private Optional<Source> enabled(SourceId id) {
        return catalogue.find(id).filter(Source::enabled);
    }
}
