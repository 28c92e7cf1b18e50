package coop.vigie;

import coop.vigie.backup.Backup;
import coop.vigie.backup.Manifest;
import coop.vigie.call.CallStore;
import coop.vigie.codes.Cpv;
import coop.vigie.codes.Languages;
import coop.vigie.codes.Nuts;
import coop.vigie.config.ConfigException;
import coop.vigie.config.Problem;
import coop.vigie.config.Settings;
import coop.vigie.config.SettingsFile;
import coop.vigie.curate.Choice;
import coop.vigie.curate.CurationStore;
import coop.vigie.curate.MarkStore;
import coop.vigie.curate.SuggestionStore;
import coop.vigie.deliver.EmlFolder;
import coop.vigie.deliver.Outbox;
import coop.vigie.deliver.Router;
import coop.vigie.deliver.SiteFolder;
import coop.vigie.deliver.SmtpProbe;
import coop.vigie.deliver.SmtpTransport;
import coop.vigie.deliver.Transport;
import coop.vigie.digest.Answers;
import coop.vigie.digest.Archive;
import coop.vigie.digest.Frame;
import coop.vigie.digest.Labels;
import coop.vigie.digest.Renderer;
import coop.vigie.discover.Discovered;
import coop.vigie.discover.Discovery;
import coop.vigie.doctor.Doctor;
import coop.vigie.doctor.Finding;
import coop.vigie.doctor.NameRecords;
import coop.vigie.fetch.FetchRequest;
import coop.vigie.fetch.Fetcher;
import coop.vigie.fetch.Limits;
import coop.vigie.group.Channel;
import coop.vigie.group.ChannelAddress;
import coop.vigie.group.Group;
import coop.vigie.group.GroupId;
import coop.vigie.group.GroupStore;
import coop.vigie.group.GroupsFile;
import coop.vigie.group.MemberStore;
import coop.vigie.group.ProfileStore;
import coop.vigie.hand.Entry;
import coop.vigie.hand.HandStore;
import coop.vigie.index.CompiledQuery;
import coop.vigie.index.Filter;
import coop.vigie.index.Index;
import coop.vigie.index.IndexAccessException;
import coop.vigie.index.IndexBusyException;
import coop.vigie.index.QueryCompiler;
import coop.vigie.index.Searcher;
import coop.vigie.ledger.LedgerStore;
import coop.vigie.match.MatchStore;
import coop.vigie.match.Previewer;
import coop.vigie.newsletter.NewsletterStore;
import coop.vigie.newsletter.Picks;
import coop.vigie.notice.Call;
import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Scope;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.VigieException;
import coop.vigie.pipeline.ByHand;
import coop.vigie.pipeline.Dealings;
import coop.vigie.pipeline.DigestRun;
import coop.vigie.pipeline.FetchRound;
import coop.vigie.pipeline.InboxRun;
import coop.vigie.pipeline.IndexView;
import coop.vigie.pipeline.Marks;
import coop.vigie.pipeline.Matching;
import coop.vigie.pipeline.Memberships;
import coop.vigie.pipeline.Newsletters;
import coop.vigie.pipeline.PulledIndex;
import coop.vigie.pipeline.RoundReport;
import coop.vigie.pipeline.RoundReport.SourceReport;
import coop.vigie.pipeline.Sending;
import coop.vigie.pipeline.Watch;
import coop.vigie.publish.Publishable;
import coop.vigie.publish.PublishedFolder;
import coop.vigie.publish.Pull;
import coop.vigie.publish.PullException;
import coop.vigie.publish.PulledFolder;
import coop.vigie.source.Catalogue;
import coop.vigie.source.FeedsEdit;
import coop.vigie.source.FeedsFile;
import coop.vigie.source.NewEntry;
import coop.vigie.source.Reuse;
import coop.vigie.source.Source;
import coop.vigie.store.ChangeLog;
import coop.vigie.store.Database;
import coop.vigie.store.HostStore;
import coop.vigie.store.LeaseStore;
import coop.vigie.store.NoticeStore;
import coop.vigie.store.Schema;
import coop.vigie.store.SourceStore;
import coop.vigie.store.StoredNotice;
import coop.vigie.watch.Breach;
import coop.vigie.watch.WatchStore;
import coop.vigie.watch.Watchdog;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The front door: one home folder, with everything wired by hand. Files are read and databases opened when they are first
 * needed, so that a command that needs none creates none.
 */
public final class Vigie implements AutoCloseable {

    private static final ZoneId READERS_ZONE = ZoneId.of("Europe/Brussels");

    /** An alarm that a rate of the mail server holds back for longer leaves with the next digests. */
    private static final Duration MAIL_PATIENCE = Duration.ofSeconds(10);

    private final Path home;
    private final Instant now;
    /** By the real clock: when it was, or will be, decided which sources are due. */
    private Instant opened = Instant.now();

    private final Map<String, String> environment;
    private @Nullable Catalogue catalogue;
    private @Nullable Settings settings;
    private @Nullable Database publicDatabase;
    private @Nullable Database membersDatabase;

    /**
     * @param now the moment against which deadlines and due times count
     * @param environment for the secrets that configuration files name
     */
    public Vigie(Path home, Instant now, Map<String, String> environment) {
        this.home = home.toAbsolutePath().normalize();
        this.now = now;
        this.environment = Map.copyOf(environment);
    }

    public Path home() {
        return home;
    }

    public Instant now() {
        return now;
    }

    /** {@code feeds.yaml}. @throws coop.vigie.config.ConfigException with every problem in it */
    public Catalogue catalogue() {
        if (catalogue == null) {
            catalogue = FeedsFile.read(home.resolve("feeds.yaml"), environment);
        }
        return catalogue;
    }

    /** {@code vigie.yaml}, or the defaults. @throws coop.vigie.config.ConfigException with every problem in it */
    public Settings settings() {
        if (settings == null) {
            settings = SettingsFile.read(home.resolve("vigie.yaml"), environment);
        }
        return settings;
    }

    private Path data() {
        return home.resolve("data");
    }

    public Path outboxFolder() {
        return data().resolve("outbox");
    }

    public Path indexFolder() {
        return data().resolve("index").resolve("public");
    }

    /** True once something was fetched here. */
    public boolean hasStore() {
        return Files.exists(data().resolve(Schema.PUBLIC.fileName()));
    }

    /** True once groups were imported here. */
    public boolean hasMembers() {
        return Files.exists(data().resolve(Schema.MEMBERS.fileName()));
    }

    private Database publicDatabase() {
        if (publicDatabase == null) {
            refuseIfPulled();
            publicDatabase = Database.open(data(), Schema.PUBLIC);
        }
        return publicDatabase;
    }

    private Database membersDatabase() {
        if (membersDatabase == null) {
            refuseIfPulled();
            membersDatabase = Database.open(data(), Schema.MEMBERS);
        }
        return membersDatabase;
    }

    /** What was pulled into this home. */
    public PulledFolder pulled() {
        return new PulledFolder(data().resolve("pulled"));
    }

    /** A store beside what was pulled would count its changes from the beginning, and the index would miss them. */
    private void refuseIfPulled() {
        if (pulled().exists()) {
            throw new PullException(PullException.Reason.PULLED_HOME, home.toString(), "");
        }
    }

    public NoticeStore notices() {
        return new NoticeStore(publicDatabase());
    }

    public CallStore calls() {
        return new CallStore(publicDatabase(), notices());
    }

    /** A call by its id or that of one of its notices; of a home that was pulled with as much of its text as was published. */
    public Optional<Call> call(NoticeId id) {
        if (pulled().exists()) {
            return pulled().find(id);
        }
        return hasStore() ? calls().find(id) : Optional.empty();
    }

    /** Calls by id with their texts, or with as much of these as was published; without a store or a pull, none. */
    public Map<String, Call> withTexts(List<String> ids) {
        if (pulled().exists()) {
            return pulled().find(ids);
        }
        return hasStore() ? calls().findAll(ids) : Map.of();
    }

    public SourceStore sources() {
        return new SourceStore(publicDatabase());
    }

    WatchStore watched() {
        return new WatchStore(publicDatabase());
    }

    private Alarms alarms() {
        return new Alarms(catalogue(), settings(), watched(), now);
    }

    /** What is wrong with enabled sources, in the order of their ids. */
    public List<Breach> breaches() {
        if (!hasStore()) {
            return List.of();
        }
        return watched().open().stream()
                .filter(breach -> catalogue()
                        .find(breach.source())
                        .filter(Source::enabled)
                        .isPresent())
                .toList();
    }

    /**
     * Notes that a person has seen what is wrong with that source.
     *
     * @param who a mail address, or a user name of the system
     * @return false if nothing is
     */
    public boolean acknowledge(SourceId source, String who, String note) {
        return hasStore() && watched().acknowledge(source, who, note, now);
    }

    /** Tells the operator by mail what has gone wrong with sources; each thing once. Without news, does nothing. */
    public Sending sendAlarms() {
        return hasStore() && !watched().unmailed().isEmpty()
                ? digestRun(MAIL_PATIENCE).tell(() -> alarms().notice())
                : new Sending(List.of(), Optional.empty());
    }

    public MemberStore persons() {
        return new MemberStore(membersDatabase());
    }

    /** Who gets mails, and who does not any more. */
    public Memberships memberships() {
        return new Memberships(membersDatabase(), settings().languages(), now);
    }

    /** Asks everybody who is pending whether they agree; nobody twice, but for whom it is asked for. */
    public Sending invite(Optional<EmailAddress> again) {
        return memberships().invite(digestRun(MAIL_PATIENCE), again);
    }

    /** Everything that is kept about a person. */
    public Map<String, Object> export(EmailAddress mail) {
        return memberships().export(mail, outbox(), ledger());
    }

    /** Forgets a person; see {@link Memberships#erase}. */
    public boolean erase(EmailAddress mail) {
        return memberships().erase(mail, outbox(), new EmlFolder(outboxFolder()));
    }

    public GroupStore groups() {
        return new GroupStore(membersDatabase());
    }

    public Outbox outbox() {
        return new Outbox(membersDatabase());
    }

    public LedgerStore ledger() {
        return new LedgerStore(membersDatabase());
    }

    public MatchStore matches() {
        return new MatchStore(membersDatabase());
    }

    /** Who entered what by hand. */
    public HandStore handLog() {
        return new HandStore(membersDatabase());
    }

    /** What groups make of calls. */
    public CurationStore curations() {
        return new CurationStore(membersDatabase());
    }

    /** What members say of calls. */
    public MarkStore marks() {
        return new MarkStore(membersDatabase());
    }

    /** What readers of digests answer about their calls. */
    public Marks answers() {
        return new Marks(membersDatabase(), calls(), outbox(), now);
    }

    /** Calls that somebody signalled. */
    public SuggestionStore suggestions() {
        return new SuggestionStore(membersDatabase());
    }

    /** Changes of profiles, and who made them. */
    public ProfileStore profiles() {
        return new ProfileStore(membersDatabase());
    }

    /** How groups have dealt with calls. */
    public Dealings dealings() {
        return new Dealings(membersDatabase(), calls(), now);
    }

    /** Counts what profiles would have brought in these last days. */
    public Previewer previewer(Searcher searcher, int days) {
        Optional<Instant> watched = hasStore() ? new ChangeLog(publicDatabase()).since() : Optional.empty();
        return new Previewer(searcher, now, days, watched);
    }

    public IndexView indexView() {
        return new IndexView(calls(), new ChangeLog(publicDatabase()), indexFolder());
    }

    public Matching matching() {
        return new Matching(membersDatabase(), matches(), groups(), new ChangeLog(publicDatabase()), indexFolder());
    }

    /** The sources whose time has come. */
    public List<Source> dueSources() {
        Map<SourceId, SourceStore.State> states = new HashMap<>();
        if (hasStore()) {
            sources().all().forEach(state -> states.put(state.source(), state));
        }
        return catalogue().enabled().stream()
                .filter(source -> {
                    SourceStore.State state = states.get(source.id());
                    // A last visit that lies ahead was made under another clock; nothing is known of the next one then.
                    return state == null
                            || (!FetchRound.isGone(source, state)
                                    && (!state.nextDue().isAfter(now)
                                            || state.lastAttempt().isAfter(now)));
                })
                .toList();
    }

    /**
     * One round: fetch, parse, store, index, match. Also works in whatever an earlier round that was cut off left open.
     *
     * @param dryRun stores nothing
     * @param done called after each source, from its thread
     */
    public RoundReport fetch(List<Source> due, boolean dryRun, Consumer<SourceReport> done) {
        Settings.Watch settings = settings().watch();
        var watchdog = new Watchdog(settings.quietFactor(), settings.quietAfter());
        var watch = new Watch(publicDatabase(), watched(), watchdog, catalogue().enabled(), now);
        List<SourceReport> reports;
        List<SourceId> elsewhere;
        var leases = new LeaseStore(publicDatabase(), InstantSource.system(), opened);
        try (var fetcher = fetcher()) {
            var round = new FetchRound(fetcher, publicDatabase(), sources(), calls(), leases, now, dryRun);
            reports = round.visit(
                    due,
                    dryRun
                            ? done
                            : report -> {
                                // At once: a round that is killed loses the history of no source that it has
                                // visited.
                                watch.after(report);
                                done.accept(report);
                            });
            elsewhere = round.elsewhere();
        }
        opened = Instant.now();
        if (dryRun) {
            return new RoundReport(now, reports, elsewhere, 0, List.of());
        }
        watch.endOthers();
        passDeadlines();
        Matching.Outcome matched = catchUp();
        return new RoundReport(now, reports, elsewhere, matched.added(), matched.remarks());
    }

    /**
     * Stores what a person enters; index and matches follow with {@link #catchUp}.
     *
     * @param who a mail address, or a user name of the system
     * @param dryRun stores nothing
     */
    public List<ByHand.Entered> enter(List<Entry> entries, String who, boolean dryRun) {
        return byHand().enter(entries, who, dryRun);
    }

    private ByHand byHand() {
        return new ByHand(publicDatabase(), notices(), calls(), handLog(), now);
    }

    /** Follows what time alone has changed: deadlines that have passed, raw bytes that need not be kept. */
    public void passDeadlines() {
        byHand().openNextRounds();
        calls().passDeadlines(now);
        publicDatabase().write(handle -> notices().dropOldRaw(handle, now));
    }

    /** Does work on sources while no other process on this home does; waits for its turn. */
    <T> T alone(Supplier<T> work) {
        return publicDatabase().alone("fetching", work);
    }

    /** What visiting a source would bring; stores nothing, and needs no store. */
    public FetchRound.Trial tryOut(Source source) {
        try (var fetcher = fetcher()) {
            return FetchRound.tryOut(fetcher, source, now);
        }
    }

    /**
     * To be closed; knows what earlier rounds and other processes know of hosts, if there is a store. Whoever wants a proxy wants no
     * server to be asked without it, so that one is not passed over in silence.
     */
    private Fetcher fetcher() {
        if (settings().proxy() != null) {
            throw new ConfigException(
                    List.of(
                            new Problem(
                                    "vigie.yaml",
                                    1,
                                    1,
                                    "'proxy' is not supported yet, and nothing is asked past it: take it out to ask servers directly")));
        }
        String contact = catalogue().contact();
        return hasStore()
                ? new Fetcher(contact, new HostStore(publicDatabase(), InstantSource.system(), now))
                : new Fetcher(contact);
    }

    /**
     * How an address could be read. Asks its host a few times, and stores nothing.
     *
     * @param asked an entry with that address, whose limits and delay count
     * @param type the type that it must be; null for the best
     */
    public Discovered discover(Source asked, @Nullable String type) {
        FetchRequest request = FetchRequest.of(asked.url())
                .with(Limits.DEFAULT.withTimeout(asked.timeout()).withMaxBytes(asked.maxSize()))
                .withDelay(asked.delay())
                .allowingPrivateNetwork(asked.allowPrivateNetwork());
        try (var fetcher = fetcher()) {
            return new Discovery(fetcher, now).look(request, type);
        }
    }

    /** {@code feeds.yaml} with one entry more; not written yet. */
    public FeedsEdit withEntry(NewEntry entry) {
        return FeedsEdit.of(home.resolve("feeds.yaml"), environment, entry);
    }

    /** Brings index and matches up to the store. */
    public Matching.Outcome catchUp() {
        List<String> remarks = new ArrayList<>();
        if (hasStore()) {
            try {
                indexView().catchUp(now);
            } catch (IndexBusyException busy) {
                remarks.add(String.valueOf(busy.getMessage()));
            }
        }
        Matching.Outcome matched = matching().catchUp(now);
        remarks.addAll(matched.remarks());
        return new Matching.Outcome(matched.added(), remarks);
    }

    /** The index for one search, rebuilt if it is missing or of another format; empty if nothing was fetched. */
    public Optional<Searcher> searcher(Runnable beforeRebuild) {
        try {
            return Optional.of(Index.briefly(indexFolder()));
        } catch (VigieException missingOrOutdated) {
            if (missingOrOutdated instanceof IndexAccessException refused && refused.isDenied()) {
                throw refused;
            }
            boolean pulled = pulled().exists();
            if (!pulled && !hasStore()) {
                return Optional.empty();
            }
            beforeRebuild.run();
            if (pulled) {
                new PulledIndex(pulled(), indexFolder()).rebuild(now);
            } else {
                indexView().catchUp(now);
            }
            return Optional.of(Index.briefly(indexFolder()));
        }
    }

    /**
     * Saves the home while others work in it.
     *
     * @param target a {@code .zip} file or a folder; new, or an empty folder
     */
    public Manifest backup(Path target) {
        var databases = new EnumMap<Schema, Database>(Schema.class);
        Optional<String> groups = Optional.empty();
        if (hasMembers()) {
            databases.put(Schema.MEMBERS, membersDatabase());
            groups = Optional.of(GroupsFile.write(groups().all()));
        }
        if (hasStore()) {
            databases.put(Schema.PUBLIC, publicDatabase());
        }
        return Backup.write(home, databases, groups, now, target);
    }

    /** Makes this home, which must be new or empty, of a backup, and its index anew. */
    public Manifest restore(Path backup) {
        Manifest restored = Backup.restore(backup, home);
        if (hasStore()) {
            indexView().catchUp(now);
        }
        return restored;
    }

    /**
     * Whether this home and its machine are fit; writes nothing.
     *
     * @param live asks for the name records of the sender's domain, too
     */
    public List<Finding> doctor(boolean live) {
        return new Doctor(
                        home,
                        environment,
                        Instant.now(),
                        mail -> new SmtpProbe(mail).look(),
                        NameRecords.OF_THIS_MACHINE)
                .look(live);
    }

    /** What handles mails to us. */
    public InboxRun inboxRun() {
        return new InboxRun(membersDatabase(), memberships(), answers(), outbox(), bounces(), now);
    }

    /** Where bounces name their recipient (VERP); empty if none do. */
    private Optional<EmailAddress> bounces() {
        Settings.Mail mail = settings().mail();
        return mail == null || !mail.verp()
                ? Optional.empty()
                : Optional.of(envelopeSender(mail, catalogue().contactMail()));
    }

    /** Looks into the mailbox of {@code vigie.yaml}; empty if it names none. */
    public Optional<InboxRun.Outcome> readInbox(boolean dryRun) {
        Settings.Inbox inbox = settings().inbox();
        if (inbox == null) {
            return Optional.empty();
        }
        try (var fetcher = fetcher()) {
            return Optional.of(inboxRun().mailbox(fetcher, inbox, dryRun));
        }
    }

    /** True if {@code vigie.yaml} names a mailbox into which nobody has looked for as long as it says. */
    boolean isInboxDue() {
        Settings.Inbox inbox = settings().inbox();
        return inbox != null && inboxRun().isDue(inbox);
    }

    /**
     * Brings the public archive up to date.
     *
     * @param folder that a web server serves; neither the home nor a folder around it, nor that of the databases
     * @param address under which it does, with a slash at its end; null for that of {@code vigie.yaml}, if any
     */
    public SiteFolder.Outcome exportSite(Path folder, @Nullable URI address) {
        URI known = address == null ? settings().site().baseUrl() : address;
        String brand = settings().brand().name();
        var archive = new Archive(
                new Renderer(home.resolve("templates")), language -> frame(language, brand, Answers.NONE), now);
        List<Archive.Section> sections = hasMembers() ? digestRun().published() : List.of();
        return new SiteFolder(folder)
                .write(archive.files(
                        sections, settings().languages().getFirst(), known == null ? null : known.toString()));
    }

    /** Where the public archive goes unless somebody says otherwise. */
    public Path siteFolder() {
        return data().resolve("site");
    }

    /** True for a folder that, were it served, would show more than the archive. */
    public boolean isPrivate(Path folder) {
        return home.startsWith(folder) || folder.equals(data());
    }

    /**
     * Brings a folder up to date that members pull their index from: all open calls, with as much of their texts as each source
     * allows.
     *
     * @param folder that a web server serves; as for {@link #exportSite}
     */
    public PublishedFolder.Outcome publishIndex(Path folder) {
        Map<SourceId, Reuse> rules = new HashMap<>();
        catalogue().sources().forEach(source -> rules.put(source.id(), source.reuse()));
        Set<String> members = new HashSet<>();
        if (hasMembers()) {
            groups().all()
                    .forEach(group -> group.members()
                            .forEach(member -> members.add(member.mail().value())));
        }
        if (hasStore()) {
            indexView().catchUp(now);
        }
        NoticeStore notices = notices();
        CallStore calls = calls();
        var publishable = new Publishable(
                rules,
                id -> notices.history(id).stream()
                        .reduce((earlier, later) -> later)
                        .map(StoredNotice::notice));
        return new PublishedFolder(folder)
                .write(openCalls("*"), ids -> calls.findAll(ids).values(), publishable, members, now);
    }

    /** Where the published index goes unless somebody says otherwise: a folder of the archive. */
    public Path publishedFolder() {
        return siteFolder().resolve("index");
    }

    /**
     * Brings over an index that somebody publishes.
     *
     * @param from its address; null for that of the last time
     * @param allowPrivateNetwork whether it may lie inside a private network
     */
    public PulledIndex.Outcome pull(@Nullable URI from, boolean allowPrivateNetwork, Pull.Watcher watcher) {
        if (hasStore() || hasMembers() || Files.exists(home.resolve("feeds.yaml"))) {
            throw new PullException(PullException.Reason.OWN_HOME, home.toString(), "");
        }
        Optional<PulledFolder.State> last = pulled().state();
        boolean allowed = allowPrivateNetwork
                || (from == null
                        && last.filter(PulledFolder.State::allowPrivateNetwork).isPresent());
        URI address = from == null
                ? last.map(PulledFolder.State::from)
                        .orElseThrow(() -> new PullException(PullException.Reason.NO_ADDRESS, home.toString(), ""))
                : from;
        // Nobody's servers are read here but the one that a member names, who is no operator to write to.
        try (var fetcher = new Fetcher("")) {
            return new PulledIndex(pulled(), indexFolder()).pull(fetcher, address, allowed, now, watcher);
        }
    }

    /** The comms team's edition. */
    public Newsletters newsletters() {
        return new Newsletters(
                home,
                settings(),
                catalogue().contactMail(),
                new Newsletters.Stores(groups(), persons(), matches(), calls(), new NewsletterStore(membersDatabase())),
                picks(),
                new Renderer(home.resolve("templates")),
                language -> frame(language, settings().brand().name(), Answers.NONE),
                this::openCalls,
                now);
    }

    private Picks picks() {
        var curations = new CurationStore(membersDatabase());
        return new Picks() {
            @Override
            public Map<GroupId, Set<String>> picked() {
                return chosen(Choice::picked);
            }

            @Override
            public Map<GroupId, Set<String>> hidden() {
                return chosen(Choice::hidden);
            }

            private Map<GroupId, Set<String>> chosen(Predicate<Choice> how) {
                Map<GroupId, Set<String>> chosen = new HashMap<>();
                for (Group group : groups().all()) {
                    curations.of(group.id()).forEach((call, choice) -> {
                        if (how.test(choice)) {
                            chosen.computeIfAbsent(group.id(), any -> new HashSet<>())
                                    .add(call);
                        }
                    });
                }
                return chosen;
            }

            @Override
            public Optional<String> note(GroupId group, String call) {
                return Optional.ofNullable(curations.of(group).get(call))
                        .map(choice -> choice.note().in(settings().languages()))
                        .filter(note -> !note.isEmpty());
            }
        };
    }

    /** Ids of the open calls that match a query. @throws coop.vigie.index.QuerySyntaxException if it is none */
    private Set<String> openCalls(String query) {
        CompiledQuery compiled = new QueryCompiler().compile(query, Scope.BALANCED, now);
        Optional<Searcher> index = searcher(() -> {});
        if (index.isEmpty()) {
            return Set.of();
        }
        try (Searcher searcher = index.get()) {
            return searcher.matching(compiled, Filter.open(now), -1, Long.MAX_VALUE);
        }
    }

    /** Sends as long as it takes. */
    public DigestRun digestRun() {
        return digestRun(Duration.ofDays(1));
    }

    DigestRun digestRun(Duration patience) {
        return digestRun(patience, true);
    }

    /**
     * @param patience the longest wait for a rate of the mail server; what would wait longer is left to the next run
     * @param mails false to serve only channels that need no mail server
     */
    DigestRun digestRun(Duration patience, boolean mails) {
        Settings.Mail mail = settings().mail();
        String brand = settings().brand().name();
        EmailAddress contact = catalogue().contactMail();
        String from = mail == null || mail.from() == null
                ? mailbox(brand, contact)
                : mailbox(
                        mail.from().name() == null ? brand : mail.from().name(),
                        mail.from().address());
        var answers = new Answers(contact.value(), null);
        var sender = new DigestRun.Sender(
                from,
                Optional.ofNullable(mail == null || mail.replyTo() == null ? null : mail.replyTo())
                        .map(box -> box.address().value()),
                "digest." + contact.domain(),
                settings().languages(),
                alarms().silent(sources().all()),
                language -> frame(language, brand, answers));
        return new DigestRun(
                membersDatabase(),
                groups(),
                matches(),
                ledger(),
                outbox(),
                calls(),
                new Renderer(home.resolve("templates")),
                new DigestRun.Road(
                        () -> transport(mail, contact),
                        mail == null ? null : mail.rate(),
                        mail == null ? null : mail.perDomainRate(),
                        patience,
                        mails),
                sender,
                now);
    }

    private Transport transport(Settings.@Nullable Mail mail, EmailAddress contact) {
        Transport letters = mail == null
                ? new EmlFolder(outboxFolder())
                : new SmtpTransport(mail, envelopeSender(mail, contact).value());
        return new Router(
                letters, home, this::channel, environment, outbox(), catalogue().contact());
    }

    /** Where bounces go. */
    private static EmailAddress envelopeSender(Settings.Mail mail, EmailAddress contact) {
        EmailAddress bounces = mail.bounceAddress();
        if (bounces != null) {
            return bounces;
        }
        return mail.from() == null ? contact : mail.from().address();
    }

    private Optional<Channel> channel(ChannelAddress address) {
        return groups().find(address.group()).flatMap(group -> address.among(group.ways()));
    }

    private Frame frame(String language, String brand, Answers answers) {
        String footer = settings().brand().footer().isEmpty()
                ? ""
                : settings().brand().footer().in(List.of(language));
        int read = catalogue().enabled().size();
        Settings.Colours chosen = settings().brand().colours();
        var colours = new Frame.Colours(chosen.accent(), chosen.background(), chosen.text());
        return new Frame(brand, "", footer, READERS_ZONE, answers, read, LABELS, colours);
    }

    private static String mailbox(String name, EmailAddress address) {
        return '"' + name.replaceAll("[\"\\\\\\p{Cntrl}]", " ") + "\" <" + address.value() + ">";
    }

    /** Brussels calls itself by a French and a Dutch name with a slash between; a line of a mail has room for one. */
    private static String inOneLanguage(String label, String language) {
        String[] names = label.split("\\s*/\\s*", 2);
        return names.length == 2 && language.equals("nl") ? names[1] : names[0];
    }

    private static final Labels LABELS = new Labels() {
        @Override
        public @Nullable String place(String code, String language) {
            return Nuts.label(code, language)
                    .map(label -> code.startsWith("BE") ? inOneLanguage(label, language) : label)
                    .orElse(null);
        }

        @Override
        public @Nullable String cpv(String code, String language) {
            return Cpv.label(code, language).orElse(null);
        }

        @Override
        public @Nullable String language(String code, String language) {
            return Languages.label(code, language).orElse(null);
        }
    };

    @Override
    public void close() {
        if (publicDatabase != null) {
            publicDatabase.close();
        }
        if (membersDatabase != null) {
            membersDatabase.close();
        }
    }
}
