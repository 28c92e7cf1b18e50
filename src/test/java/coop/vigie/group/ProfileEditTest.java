package coop.vigie.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import coop.vigie.group.ProfileChange.How;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.Scope;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Steps from one profile to another, and back. */
class ProfileEditTest {

    @Property(tries = 300)
    void leadsFromAnyProfileToAnyOther(@ForAll("profiles") Profile before, @ForAll("profiles") Profile after) {
        Profile led = ProfileEdit.apply(before, ProfileEdit.between(before, after));

        for (ProfilePart part : ProfilePart.values()) {
            assertEquals(new HashSet<>(part.of(after)), new HashSet<>(part.of(led)), part.key());
        }
    }

    @Property(tries = 300)
    void isGoneWhenTheChangeIsUndone(@ForAll("profiles") Profile before, @ForAll("profiles") Profile after) {
        assertEquals(Optional.of(before), change(before, after).undoneOn(Optional.of(after)));
    }

    /** Changes of different parts do not disturb each other, in whatever order they are undone. */
    @Property(tries = 300)
    void leavesOtherChangesAlone(
            @ForAll("profiles") Profile before, @ForAll("words") List<String> any, @ForAll Scope scope) {
        Profile worded = with(before, any, before.scope());
        Profile both = with(before, any, scope);

        assertEquals(
                Optional.of(with(before, before.any(), scope)),
                change(before, worded).undoneOn(Optional.of(both)));
        assertEquals(Optional.of(worded), change(worded, both).undoneOn(Optional.of(both)));
    }

    @Test
    void readsWhatItWrites() {
        for (ProfileEdit edit : List.of(
                ProfileEdit.add(ProfilePart.ANY, "a=b \"c d\""),
                ProfileEdit.remove(ProfilePart.PLACE, "BE1"),
                ProfileEdit.clear(ProfilePart.LEVEL))) {
            assertEquals(edit, ProfileEdit.read(edit.act(), edit.written()));
        }
        assertEquals(ProfileEdit.add(ProfilePart.PLACE, "BE1"), ProfileEdit.read(ProfileEdit.Act.ADD, "places=BE1"));
        assertThrows(ProfileException.class, () -> ProfileEdit.read(ProfileEdit.Act.ADD, "théâtre"));
    }

    @Test
    void bringsCodesIntoTheirForm_andAddsNothingTwice() {
        Profile profile = Profile.blank("p");

        Profile coded = ProfileEdit.apply(
                profile,
                List.of(
                        ProfileEdit.add(ProfilePart.CPV, "92310000-7"),
                        ProfileEdit.add(ProfilePart.CPV, "92310000"),
                        ProfileEdit.add(ProfilePart.QUERY, "one"),
                        ProfileEdit.add(ProfilePart.QUERY, "two")));

        assertEquals(List.of("92310000"), coded.cpv());
        assertEquals("two", coded.query());
    }

    private static ProfileChange change(Profile before, Profile after) {
        return new ProfileChange(
                1, Instant.EPOCH, "anne", new GroupId("g"), "p", before, after, How.SET, null, List.of());
    }

    private static Profile with(Profile profile, List<String> any, Scope scope) {
        return new Profile(
                profile.id(),
                scope,
                any,
                profile.all(),
                profile.none(),
                profile.cpv(),
                profile.places(),
                profile.levels(),
                profile.kinds(),
                profile.query());
    }

    @Provide
    Arbitrary<List<String>> words() {
        return Arbitraries.of("danse", "\"spectacle vivant\"", "a b", "x OR y")
                .list()
                .uniqueElements()
                .ofMinSize(1);
    }

    @Provide
    Arbitrary<Profile> profiles() {
        return Combinators.combine(
                        Arbitraries.of(Scope.values()),
                        words(),
                        words(),
                        Arbitraries.of("92310000", "7995*").list().uniqueElements(),
                        Arbitraries.of("BE1", "BE2").list().uniqueElements(),
                        Arbitraries.of(Arrays.asList(Level.values())).list().uniqueElements(),
                        Arbitraries.of(Arrays.asList(Kind.values())).list().uniqueElements(),
                        Arbitraries.of("", "danse -rue"))
                .as((scope, any, none, cpv, places, levels, kinds, query) ->
                        new Profile("p", scope, any, List.of(), none, cpv, places, levels, kinds, query));
    }
}
