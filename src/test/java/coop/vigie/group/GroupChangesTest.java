package coop.vigie.group;

import static coop.vigie.group.GroupsFileTest.ARTS;
import static coop.vigie.group.GroupsFileTest.SCENE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Scope;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupChangesTest {

    private static final Consent PAPER = new Consent("paper", LocalDate.of(2026, 10, 1));

    @Test
    void changesNothing_whenTheFileSaysWhatIsStored() {
        GroupChanges changes = GroupChanges.between(List.of(ARTS), List.of(ARTS));

        assertEquals(new GroupChanges(List.of(), List.of(), List.of(ARTS)), changes);
        assertTrue(changes.isEmpty());
    }

    @Test
    void tellsANewGroupWithItsProfilesAndMembers() {
        GroupChanges changes = GroupChanges.between(List.of(), List.of(ARTS));

        assertEquals("""
                group arts-bxl: added
                group arts-bxl: profile scene added
                group arts-bxl: member a@example.org added, active""", lines(changes.changes()));
        assertEquals(List.of(ARTS), changes.groups());
    }

    @Test
    void leavesGroupsAlone_thatTheFileDoesNotName() {
        GroupChanges changes = GroupChanges.between(List.of(ARTS), List.of());

        assertEquals(new GroupChanges(List.of(), List.of(), List.of(ARTS)), changes);
    }

    @Test
    void namesEveryFieldOfAGroupThatChanges() {
        var wanted = new Group(
                ARTS.id(),
                LocalText.of("fr", "Autre"),
                Axis.THEME,
                List.of("en"),
                List.of(),
                List.of(),
                false,
                new Cadence.Daily(LocalTime.NOON),
                List.of(),
                List.of());

        GroupChanges changes = GroupChanges.between(List.of(ARTS), List.of(wanted));

        assertEquals("""
                group arts-bxl: name changed
                group arts-bxl: axis changed
                group arts-bxl: languages changed
                group arts-bxl: channels changed
                group arts-bxl: public changed
                group arts-bxl: cadence changed
                group arts-bxl: reminders changed
                group arts-bxl: profile scene removed""", lines(changes.changes()));
        assertEquals(List.of(wanted.withMembers(ARTS.members())), changes.groups());
    }

    @Test
    void tellsWhichProfilesAreAddedAndChanged() {
        Group wanted = withProfiles(profile("scene", Scope.NARROW), profile("more", Scope.WIDE));

        GroupChanges changes = GroupChanges.between(List.of(ARTS), List.of(wanted));

        assertEquals("""
                group arts-bxl: profile scene changed
                group arts-bxl: profile more added""", lines(changes.changes()));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # stored,     file,         afterwards,   refused
            ACTIVE,       ACTIVE,       ACTIVE,       false
            ACTIVE,       PENDING,      ACTIVE,       false
            ACTIVE,       UNSUBSCRIBED, UNSUBSCRIBED, false
            ACTIVE,       SUPPRESSED,   SUPPRESSED,   false
            PENDING,      ACTIVE,       ACTIVE,       false
            PENDING,      UNSUBSCRIBED, UNSUBSCRIBED, false
            UNSUBSCRIBED, ACTIVE,       UNSUBSCRIBED, true
            UNSUBSCRIBED, PENDING,      UNSUBSCRIBED, true
            UNSUBSCRIBED, SUPPRESSED,   SUPPRESSED,   false
            SUPPRESSED,   ACTIVE,       SUPPRESSED,   true
            SUPPRESSED,   PENDING,      SUPPRESSED,   true
            SUPPRESSED,   UNSUBSCRIBED, SUPPRESSED,   false
            """)
    void letsNobodyComeBackByAFile(Status stored, Status file, Status afterwards, boolean refused) {
        GroupChanges changes =
                GroupChanges.between(List.of(withMembers(member(stored))), List.of(withMembers(member(file))));

        assertEquals(List.of(withMembers(member(afterwards))), changes.groups());
        assertEquals(refused ? 1 : 0, changes.refused().size());
        assertEquals(stored == afterwards ? 0 : 1, changes.changes().size());
    }

    @Test
    void saysWhyAMemberStaysOut() {
        GroupChanges changes = GroupChanges.between(
                List.of(withMembers(member(Status.SUPPRESSED))), List.of(withMembers(member(Status.ACTIVE))));

        assertEquals(
                "group arts-bxl: member m@example.org stays suppressed; only they themselves can change that",
                lines(changes.refused()));
    }

    @Test
    void addsMembersBehindThoseThatAreThere_andRemovesNobody() {
        var other = Member.of(new EmailAddress("o@example.org"), null, null, List.of(), Status.ACTIVE, null);

        GroupChanges changes =
                GroupChanges.between(List.of(withMembers(member(Status.ACTIVE))), List.of(withMembers(other)));

        assertEquals("group arts-bxl: member o@example.org added, pending", lines(changes.changes()));
        assertEquals(List.of(withMembers(member(Status.ACTIVE), other)), changes.groups());
    }

    @Test
    void keepsWhatIsKnownOfAMember_whereTheFileSaysNothing() {
        var known =
                Member.of(new EmailAddress("m@example.org"), "Name", "nl", List.of("nl", "en"), Status.ACTIVE, PAPER);
        var bare = Member.of(new EmailAddress("m@example.org"), null, null, List.of(), Status.ACTIVE, null);

        GroupChanges changes = GroupChanges.between(List.of(withMembers(known)), List.of(withMembers(bare)));

        assertEquals(List.of(withMembers(known)), changes.groups());
        assertTrue(changes.isEmpty());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # in another group, as a newcomer
            SUPPRESSED,         SUPPRESSED
            UNSUBSCRIBED,       UNSUBSCRIBED
            ACTIVE,             ACTIVE
            PENDING,            ACTIVE
            """)
    void looksAtTheOtherGroups_whenAMemberIsNew(Status elsewhere, Status here) {
        Group other = new Group(
                new GroupId("other"),
                ARTS.name(),
                Axis.SECTOR,
                List.of(),
                List.of(),
                List.of(),
                false,
                Cadence.DEFAULT,
                List.of(),
                List.of(member(elsewhere)));

        GroupChanges changes = GroupChanges.between(List.of(other), List.of(withMembers(member(Status.ACTIVE))));

        assertEquals(List.of(other, withMembers(member(here))), changes.groups());
        assertEquals(member(elsewhere).isOut() ? 1 : 0, changes.refused().size());
    }

    private static Member member(Status status) {
        return Member.of(new EmailAddress("m@example.org"), null, null, List.of(), status, PAPER);
    }

    private static Group withMembers(Member... members) {
        return ARTS.withMembers(List.of(members));
    }

    private static Profile profile(String id, Scope scope) {
        return new Profile(
                id,
                scope,
                SCENE.any(),
                SCENE.all(),
                SCENE.none(),
                SCENE.cpv(),
                SCENE.places(),
                SCENE.levels(),
                SCENE.kinds(),
                SCENE.query());
    }

    private static Group withProfiles(Profile... profiles) {
        return new Group(
                ARTS.id(),
                ARTS.name(),
                ARTS.axis(),
                ARTS.languages(),
                List.of(profiles),
                ARTS.channels(),
                ARTS.published(),
                ARTS.cadence(),
                ARTS.reminders(),
                ARTS.members());
    }

    private static String lines(List<Change> changes) {
        return changes.stream().map(Change::toString).collect(Collectors.joining("\n"));
    }
}
