package coop.vigie.group;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.LocalText;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a file says, nobody whose mails have ended gets any because of it. */
class NobodyComesBackByImportTest {

    private static final Consent PAPER = new Consent("paper", LocalDate.of(2026, 10, 1));
    private static final List<String> SPELLINGS =
            List.of("a@example.org", "A@Example.org", "b@example.org", "B@example.org");

    @Property(seed = "20261124", tries = 500)
    void staysOut(
            @ForAll("groups") List<Group> stored,
            @ForAll("groups") List<Group> file,
            @ForAll("erased") Set<EmailAddress> erased) {
        GroupChanges changes = GroupChanges.between(stored, file, erased::contains);

        for (Group after : changes.groups()) {
            for (Member member : after.members()) {
                Member before = stored.stream()
                        .filter(group -> group.id().equals(after.id()))
                        .flatMap(group -> group.members().stream())
                        .filter(each -> each.mail().equals(member.mail()))
                        .findFirst()
                        .orElse(null);
                if (before != null && (before.isOut() || before.answersFirst())) {
                    assertNotEquals(Status.ACTIVE, member.status(), () -> before + " became " + member);
                }
                if (before == null) {
                    assertTrue(
                            !erased.contains(member.mail())
                                    && (member.status() != Status.ACTIVE || belongs(stored, member.mail())),
                            () -> member + " came from nowhere");
                }
            }
        }
    }

    /** Nobody knows them, or they are welcome somewhere: who only left is asked. */
    private static boolean belongs(List<Group> stored, EmailAddress mail) {
        List<Member> known = stored.stream()
                .flatMap(group -> group.members().stream())
                .filter(member -> member.mail().equals(mail))
                .toList();
        return known.isEmpty()
                || (known.stream().noneMatch(member -> member.status() == Status.SUPPRESSED)
                        && known.stream().anyMatch(member -> !member.isOut()));
    }

    @Provide
    Arbitrary<Set<EmailAddress>> erased() {
        return Arbitraries.of(SPELLINGS).map(EmailAddress::new).set().ofMaxSize(1);
    }

    @Provide
    Arbitrary<List<Group>> groups() {
        return members()
                .list()
                .ofMaxSize(2)
                .map(each -> IntStream.range(0, each.size())
                        .mapToObj(i -> group("g" + i, each.get(i)))
                        .toList());
    }

    private static Arbitrary<List<Member>> members() {
        return Combinators.combine(Arbitraries.of(SPELLINGS), Arbitraries.of(Status.class), Arbitraries.of(true, false))
                .as((mail, status, returned) -> {
                    Member member = Member.of(new EmailAddress(mail), null, null, List.of(), status, PAPER);
                    return returned && status == Status.PENDING ? member.toAnswerFirst() : member;
                })
                .list()
                .ofMaxSize(2)
                .uniqueElements(Member::mail);
    }

    private static Group group(String id, List<Member> members) {
        return new Group(
                new GroupId(id),
                LocalText.of("fr", id),
                Axis.SECTOR,
                List.of(),
                List.of(),
                List.of(new Channel.Mail()),
                false,
                Cadence.DEFAULT,
                List.of(),
                members);
    }
}
