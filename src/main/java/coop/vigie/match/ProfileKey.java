package coop.vigie.match;

import coop.vigie.group.GroupId;

/** A profile of a group. */
public record ProfileKey(GroupId group, String profile) {

    @Override
    public String toString() {
        return group + "/" + profile;
    }
}
