package coop.vigie.pipeline;

import coop.vigie.call.CallStore;
import coop.vigie.config.ConfigException;
import coop.vigie.config.Settings;
import coop.vigie.deliver.Outbox;
import coop.vigie.deliver.TransportDown;
import coop.vigie.digest.Answers;
import coop.vigie.digest.CallWords;
import coop.vigie.digest.Frame;
import coop.vigie.digest.Rendered;
import coop.vigie.digest.Renderer;
import coop.vigie.group.Cadence;
import coop.vigie.group.Group;
import coop.vigie.group.GroupStore;
import coop.vigie.group.MemberStore;
import coop.vigie.group.Profile;
import coop.vigie.group.Status;
import coop.vigie.match.MatchStore;
import coop.vigie.match.ProfileKey;
import coop.vigie.newsletter.Draft;
import coop.vigie.newsletter.Draft.Candidate;
import coop.vigie.newsletter.Issue;
import coop.vigie.newsletter.IssuePage;
import coop.vigie.newsletter.Newsletter;
import coop.vigie.newsletter.NewsletterFile;
import coop.vigie.newsletter.NewsletterFolder;
import coop.vigie.newsletter.NewsletterStore;
import coop.vigie.newsletter.Picks;
import coop.vigie.newsletter.TeamMail;
import coop.vigie.newsletter.TeamMail.Reason;
import coop.vigie.notice.Call;
import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.NoticeId;
import coop.vigie.pipeline.DigestRun.Reader;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The comms team's edition, from the draft to the archive. It leaves when its file says {@code approved: yes}, and never
 * otherwise. It is no digest: what stands in it does not count as told.
 */
public final class Newsletters {

    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");

    /** Between draft and sending, for people to work on it. */
    private static final int DAYS_TO_EDIT = 3;

    /** A machine that was off on the set day makes up for it so long; later the team drafts by hand. */
    private static final Duration LATE = Duration.ofDays(3);

    private final Path home;
    private final Settings settings;
    private final Settings.Newsletter wishes;
    private final EmailAddress contact;
    private final Stores stores;
    private final Picks picks;
    private final Renderer renderer;
    private final Function<String, Frame> frame;
    private final Function<String, Set<String>> search;
    private final Instant now;
    private final NewsletterFolder folder;

    /** Where all of it is known. */
    public record Stores(
            GroupStore groups, MemberStore persons, MatchStore matches, CallStore calls, NewsletterStore newsletters) {}

    /**
     * @param frame for a language, which nobody answers
     * @param search ids of the open calls that match a query
     */
    public Newsletters(
            Path home,
            Settings settings,
            EmailAddress contact,
            Stores stores,
            Picks picks,
            Renderer renderer,
            Function<String, Frame> frame,
            Function<String, Set<String>> search,
            Instant now) {
        this.home = home;
        this.settings = settings;
        Settings.Newsletter asked = settings.newsletter();
        this.wishes = asked == null ? Settings.Newsletter.BY_HAND : asked;
        this.contact = contact;
        this.stores = stores;
        this.picks = picks;
        this.renderer = renderer;
        this.frame = language -> frame.apply(language).answeredBy(Answers.NONE);
        this.search = search;
        this.now = now;
        this.folder = new NewsletterFolder(home.resolve(wishes.folder()));
    }

    /**
     * A draft in its file.
     *
     * @param made false if there was a file of that name, which is left as it is
     */
    public record Drafted(Path file, boolean made, int calls) {}

    /**
     * Drafts what came in during the last month, or week.
     *
     * @param weekly null for as {@code vigie.yaml} says
     * @param theme id of a group; else a query; empty for everything
     */
    public Drafted draft(@Nullable Boolean weekly, Optional<String> theme) {
        boolean week = weekly == null ? wishes.weekday() != null : weekly;
        return draft(now, week, theme);
    }

    private Drafted draft(Instant moment, boolean weekly, Optional<String> theme) {
        LocalDateTime until = LocalDateTime.ofInstant(moment, ZONE);
        LocalDateTime from = weekly ? until.minusWeeks(1) : until.minusMonths(1);
        String id =
                unused(until.toLocalDate() + theme.map(word -> "-" + slug(word)).orElse(""));
        LocalDateTime send = until.toLocalDate().plusDays(DAYS_TO_EDIT).atTime(wishes.at());
        List<String> languages = wishes.languages().isEmpty() ? settings.languages() : wishes.languages();
        var head = new Newsletter(
                id,
                title(languages, weekly, theme, until.toLocalDate()),
                languages,
                from.toLocalDate(),
                until.toLocalDate(),
                send,
                false,
                wishes.groups(),
                List.of());
        List<Candidate> candidates = candidates(from.atZone(ZONE).toInstant(), theme);
        Newsletter draft = Draft.of(head, candidates, instant(send));
        boolean made = folder.write(draft);
        if (made) {
            stores.newsletters().note(id, relative(folder.file(id)), instant(send));
        }
        return new Drafted(folder.file(id), made, draft.entries().size());
    }

    /** A name once sent reaches nobody again: the next one of that day gets another. */
    private String unused(String name) {
        String id = name;
        for (int number = 2; wasSent(id); number++) {
            id = name + "-" + number;
        }
        return id;
    }

    private LocalText title(List<String> languages, boolean weekly, Optional<String> theme, LocalDate day) {
        Optional<Group> group = theme.flatMap(this::group);
        Map<String, String> titles = new LinkedHashMap<>();
        for (String language : languages) {
            String about = group.map(each -> name(each).in(List.of(language)))
                    .or(() -> theme)
                    .orElse("");
            String date = new CallWords(language, List.of(language), now, frame.apply(language)).day(day);
            titles.put(language, Draft.title(language, weekly, about, date));
        }
        return new LocalText(titles, null);
    }

    private static String slug(String word) {
        String slug = Normalizer.normalize(word.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return slug.isEmpty() ? "theme" : slug.substring(0, Math.min(40, slug.length()));
    }

    private Optional<Group> group(String id) {
        return groups().stream().filter(group -> group.id().value().equals(id)).findFirst();
    }

    private List<Group> groups() {
        return stores.groups().all();
    }

    /** What matched or was picked, group by group; of what was picked also what came in earlier, unless it was told. */
    private List<Candidate> candidates(Instant from, Optional<String> theme) {
        Optional<Group> only = theme.flatMap(this::group);
        Predicate<String> wanted =
                theme.isPresent() && only.isEmpty() ? search.apply(theme.get())::contains : any -> true;
        Set<String> told = stores.newsletters().told();
        Map<String, Call> calls = new HashMap<>();
        List<Candidate> candidates = new ArrayList<>();
        for (Group group : only.map(List::of).orElseGet(() -> chosen(wishes.groups()))) {
            Set<String> picked = picks.picked().getOrDefault(group.id(), Set.of());
            Set<String> ids = new LinkedHashSet<>(picked);
            for (Profile profile : group.profiles()) {
                ids.addAll(stores.matches()
                        .of(new ProfileKey(group.id(), profile.id()))
                        .keySet());
            }
            ids.removeAll(picks.hidden().getOrDefault(group.id(), Set.of()));
            ids.removeIf(id -> calls.containsKey(id) || !wanted.test(id));
            calls.putAll(present(ids));
            for (String id : ids) {
                Call call = calls.get(id);
                boolean chosen = picked.contains(id);
                if (call != null
                        && (isNew(call, from)
                                || (chosen && !told.contains(call.id().toString())))) {
                    candidates.add(new Candidate(call, group.id().value(), chosen, picks.note(group.id(), id)));
                }
            }
        }
        return candidates;
    }

    private boolean isNew(Call call, Instant from) {
        return call.firstSeen().isAfter(from) && !call.firstSeen().isAfter(now);
    }

    private List<Group> chosen(List<String> to) {
        return groups().stream()
                .filter(group ->
                        to.contains(Newsletter.ALL) || to.contains(group.id().value()))
                .toList();
    }

    /** The calls as they are now, by the ids that were asked for, without their long text. */
    private Map<String, Call> present(Collection<String> ids) {
        Map<String, Call> present = new HashMap<>();
        stores.calls().findAll(List.copyOf(ids)).forEach((id, call) -> present.put(id, call.withoutText()));
        for (String id : ids) {
            if (!present.containsKey(id)) {
                // A call that another swallowed is found under its alias.
                NoticeId.parse(id).flatMap(stores.calls()::find).ifPresent(call -> present.put(id, call.withoutText()));
            }
        }
        return present;
    }

    /** The file of that id; without one, the newest that was not sent, else the newest; empty if there is none. */
    public Optional<Path> find(Optional<String> id) {
        if (id.isPresent()) {
            return folder.find(id.get());
        }
        List<Path> files = folder.files();
        List<Path> open = files.stream()
                .filter(file -> !wasSent(NewsletterFile.stem(file)))
                .toList();
        return (open.isEmpty() ? files : open).stream().reduce((first, second) -> second);
    }

    private boolean wasSent(String id) {
        return stores.newsletters()
                .find(id)
                .filter(state -> state.sent() != null)
                .isPresent();
    }

    /** The newsletter with the calls as they are, counted from its sending. @throws ConfigException with its faults */
    public Issue preview(NewsletterFile read) {
        Instant sending = instant(read.newsletter().send());
        return issue(read, sending.isAfter(now) ? sending : now);
    }

    private Issue issue(NewsletterFile read, Instant moment) {
        Map<String, LocalText> themes = new HashMap<>();
        groups().forEach(group -> themes.put(group.id().value(), name(group)));
        Set<String> ids = new LinkedHashSet<>();
        read.newsletter().entries().forEach(entry -> ids.add(entry.call()));
        return Issue.of(read, present(ids), themes, moment);
    }

    private static LocalText name(Group group) {
        return group.name().isEmpty()
                ? LocalText.of(LocalText.UNDETERMINED, group.id().value())
                : group.name();
    }

    /** The page as a mail; nobody can answer it. */
    public Rendered mail(IssuePage page) {
        return page.mail(renderer, frame.apply(page.language()));
    }

    public String html(IssuePage page) {
        return page.html(renderer, frame.apply(page.language()));
    }

    public String markdown(IssuePage page) {
        return page.markdown(frame.apply(page.language()));
    }

    /** The language in which somebody would get it; empty if they would not. */
    public Optional<String> languageOf(Issue issue, EmailAddress reader) {
        return readers(issue).stream()
                .filter(each -> each.to().equals(reader))
                .map(Reader::language)
                .findFirst();
    }

    /** Everybody who would get it. */
    public int readersOf(Issue issue) {
        return readers(issue).size();
    }

    /** Active members of the groups, by address, and the addresses that it names, unless somebody there said no. */
    private List<Reader> readers(Issue issue) {
        Map<EmailAddress, List<Group>> theirs = new TreeMap<>();
        for (Group group : chosen(issue.newsletter().to())) {
            group.members().stream()
                    .filter(member -> member.status() == Status.ACTIVE)
                    .forEach(member -> theirs.computeIfAbsent(member.mail(), any -> new ArrayList<>())
                            .add(group));
        }
        issue.newsletter().to().stream()
                .filter(to -> to.contains("@"))
                .map(EmailAddress::new)
                .filter(to -> stores.persons().of(to).stream()
                                .noneMatch(each -> each.member().isOut())
                        && !stores.persons().isErased(to))
                .forEach(to -> theirs.putIfAbsent(to, List.of()));
        List<Reader> readers = new ArrayList<>();
        theirs.forEach((mail, groups) -> {
            Recipient recipient = Recipient.of(mail, groups, settings.languages());
            List<String> reads = new ArrayList<>(groups.isEmpty() ? List.of() : List.of(recipient.language()));
            reads.addAll(groups.isEmpty() ? List.of() : recipient.reads());
            readers.add(new Reader(mail, issue.languageFor(reads)));
        });
        return readers;
    }

    /** One mail to look at, of which nothing is noted. */
    public Sending test(DigestRun run, Issue issue, EmailAddress to, String language) {
        Rendered mail = mail(issue.in(language));
        var marked = new Rendered(CallWords.line("[test] " + mail.subject(), 120), mail.text(), mail.html());
        return run.tell(() -> Optional.of(new DigestRun.Notice(List.of(to), language, marked, () -> {})));
    }

    /**
     * What became of a sending.
     *
     * @param issue as it left
     */
    public record Left(Issue issue, Sending sending) {}

    /**
     * Sends it now to everybody who has not had it.
     *
     * @throws IllegalArgumentException if it is not approved
     * @throws ConfigException with its faults
     */
    public Left send(DigestRun run, NewsletterFile read, Consumer<Sent> each) {
        return send(run, read, issue(read, now), each);
    }

    private Left send(DigestRun run, NewsletterFile read, Issue issue, Consumer<Sent> each) {
        Newsletter newsletter = read.newsletter();
        if (!newsletter.approved()) {
            throw new IllegalArgumentException("the newsletter " + newsletter.id() + " is not approved");
        }
        stores.newsletters().note(newsletter.id(), relative(read.file()), instant(newsletter.send()));
        Map<String, String> pages = new LinkedHashMap<>();
        for (String language : newsletter.languages()) {
            pages.put(language + ".html", mail(issue.in(language)).html());
            pages.put(language + ".md", markdown(issue.in(language)));
        }
        folder.keep(newsletter.id(), pages);
        Sending sending = run.circulate(
                Outbox.Kind.NEWSLETTER,
                newsletter.id(),
                readers(issue),
                (language, answered) -> issue.in(language).mail(renderer, answered),
                each);
        stores.newsletters()
                .sent(
                        newsletter.id(),
                        issue.calls().stream().map(call -> call.id().toString()).toList(),
                        now);
        return new Left(issue, sending);
    }

    /**
     * Moves a newsletter that was sent into the archive.
     *
     * @return the folder of its pages; empty if it was not sent
     */
    public Optional<Path> archive(NewsletterFile read) {
        String id = read.newsletter().id();
        if (!wasSent(id)) {
            return Optional.empty();
        }
        Path pages = folder.archive(read.file(), id);
        stores.newsletters().moved(id, relative(pages));
        return Optional.of(pages);
    }

    public List<NewsletterStore.State> list() {
        return stores.newsletters().all();
    }

    private String relative(Path file) {
        return home.relativize(file).toString().replace('\\', '/');
    }

    private static Instant instant(LocalDateTime local) {
        return local.atZone(ZONE).toInstant();
    }

    /**
     * What one look of the daemon brought.
     *
     * @param remarks what people should know, in whole sentences
     */
    public record Tended(List<Sent> team, List<Sent> readers, List<String> remarks, Optional<TransportDown> down) {}

    /**
     * On the set day, drafts and tells the team; sends what is approved and due; of what is due and cannot leave, tells the
     * team once. Without {@code newsletter} in {@code vigie.yaml} does nothing.
     */
    public Tended tend(DigestRun run) {
        var round = new Round(run);
        Settings.Newsletter asked = settings.newsletter();
        if (asked != null) {
            round.draft(asked);
            for (Path file : folder.files()) {
                round.look(file);
            }
        }
        return new Tended(round.team, round.readers, round.remarks, Optional.ofNullable(round.down));
    }

    /** One look of the daemon. */
    private final class Round {

        private final DigestRun run;
        private final List<Sent> team = new ArrayList<>();
        private final List<Sent> readers = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();
        private @Nullable TransportDown down;

        Round(DigestRun run) {
            this.run = run;
        }

        void draft(Settings.Newsletter asked) {
            Cadence cadence = asked.weekday() == null
                    ? new Cadence.Monthly(asked.day(), asked.at())
                    : new Cadence.Weekly(asked.weekday(), asked.at());
            Instant moment = new Rhythm(now).latest(cadence);
            String id = LocalDate.ofInstant(moment, ZONE).toString();
            Optional<NewsletterStore.State> known = stores.newsletters().find(id);
            if (moment.plus(LATE).isBefore(now)
                    || known.filter(state -> state.announced() != null || state.sent() != null)
                            .isPresent()) {
                return;
            }
            Drafted drafted = Newsletters.this.draft(moment, asked.weekday() != null, Optional.empty());
            try {
                NewsletterFile read = NewsletterFile.read(drafted.file());
                stores.newsletters()
                        .note(
                                id,
                                relative(drafted.file()),
                                instant(read.newsletter().send()));
                Issue issue = preview(read);
                String text =
                        mail(issue.in(read.newsletter().languages().getFirst())).text();
                tell(
                        () -> stores.newsletters().announced(id, now),
                        mail -> mail.draft(read.newsletter(), relative(drafted.file()), issue.remarks(), text));
            } catch (ConfigException beingEdited) {
                // Somebody was faster than us and works in it; they know of it.
                stores.newsletters()
                        .note(
                                id,
                                relative(drafted.file()),
                                instant(LocalDateTime.ofInstant(moment, ZONE).plusDays(DAYS_TO_EDIT)));
                stores.newsletters().announced(id, now);
            }
        }

        void look(Path file) {
            String stem = NewsletterFile.stem(file);
            Optional<NewsletterStore.State> known = stores.newsletters().find(stem);
            NewsletterFile read;
            try {
                read = NewsletterFile.read(file);
            } catch (ConfigException faults) {
                // While somebody writes in it, a file may be broken; only on its day that is of interest.
                known.ifPresent(state -> remindOfFaults(state, file, faults));
                return;
            }
            Newsletter newsletter = read.newsletter();
            Instant due = instant(newsletter.send());
            Optional<NewsletterStore.State> state = stores.newsletters().find(newsletter.id());
            if (state.filter(each -> each.sent() != null).isPresent()) {
                return;
            }
            if (state.filter(each -> due.equals(each.due()) && each.file().equals(relative(file)))
                    .isEmpty()) {
                stores.newsletters().note(newsletter.id(), relative(file), due);
            }
            if (due.isAfter(now)) {
                return;
            }
            NewsletterStore.State noted =
                    stores.newsletters().find(newsletter.id()).orElseThrow();
            try {
                Issue issue = issue(read, now);
                if (!newsletter.approved()) {
                    remind(noted, file, Reason.UNAPPROVED, List.of(), issue);
                } else if (issue.isEmpty()) {
                    remind(noted, file, Reason.EMPTY, List.of(), issue);
                } else {
                    Left left = send(run, read, issue, any -> {});
                    readers.addAll(left.sending().messages());
                    left.sending().down().ifPresent(failure -> down = failure);
                    issue.remarks().forEach(remark -> remarks.add(remark.words(language())));
                }
            } catch (ConfigException faults) {
                remindOfFaults(noted, file, faults);
            }
        }

        private void remindOfFaults(NewsletterStore.State state, Path file, ConfigException faults) {
            if (state.sent() == null && state.due() != null && !state.due().isAfter(now)) {
                List<String> lines =
                        faults.problems().stream().map(Object::toString).toList();
                remind(state, file, Reason.FAULTS, lines, null);
            }
        }

        private void remind(
                NewsletterStore.State state, Path file, Reason reason, List<String> faults, @Nullable Issue issue) {
            Instant due = state.due();
            if (state.reminded() != null || due == null) {
                return;
            }
            String when = LocalDateTime.ofInstant(due, ZONE).toString().replace('T', ' ');
            tell(
                    () -> stores.newsletters().reminded(state.id(), now),
                    mail -> mail.reminder(
                            state.id(),
                            relative(file),
                            when,
                            reason,
                            faults,
                            issue == null ? List.of() : issue.remarks()));
        }

        private void tell(Runnable noted, Function<TeamMail, Rendered> mail) {
            List<EmailAddress> to = wishes.to().isEmpty() ? List.of(contact) : wishes.to();
            Rendered rendered =
                    mail.apply(new TeamMail(language(), settings.brand().name()));
            Sending sending = run.tell(() -> Optional.of(new DigestRun.Notice(to, language(), rendered, noted)));
            team.addAll(sending.messages());
            sending.down().ifPresent(failure -> down = failure);
        }

        private String language() {
            return wishes.languages().isEmpty()
                    ? settings.languages().getFirst()
                    : wishes.languages().getFirst();
        }
    }
}
