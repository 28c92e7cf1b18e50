package coop.vigie.discover;

import coop.vigie.notice.Notice;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One way to read an address.
 *
 * @param type as in {@code feeds.yaml}: rss, ics, html-list or sitemap
 * @param url what a source of that type would read
 * @param select CSS selectors by field; empty for all types but html-list
 * @param include regular expressions that keep a sitemap to the part that was asked for; empty for all of it
 * @param notices what the parser of that type reads there, in its order
 */
public record Candidate(String type, URI url, Map<String, String> select, List<String> include, List<Notice> notices) {

    public Candidate {
        select = Collections.unmodifiableMap(new LinkedHashMap<>(select));
        include = List.copyOf(include);
        notices = List.copyOf(notices);
    }
}
