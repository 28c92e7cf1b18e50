package coop.vigie.parse;

/** The parser for each type of source. */
public final class Parsers {

    private static final NoticeParser BDA = new BdaParser();
    private static final NoticeParser BOAMP = new BoampParser();
    private static final NoticeParser EFORMS = new EformsParser();
    private static final NoticeParser OCDS = new OcdsParser();
    private static final NoticeParser ICS = new IcsParser();
    private static final NoticeParser JSON = new JsonListParser();
    private static final NoticeParser MAILBOX = new MailboxParser();
    private static final NoticeParser RSS = new FeedParser();
    private static final NoticeParser SITEMAP = new SitemapParser();
    private static final NoticeParser SEDIA = new SediaParser();
    private static final NoticeParser TED_SEARCH = new TedSearchParser();
    private static final NoticeParser TENDERNED = new TenderNedParser();
    private static final NoticeParser HTML_LIST = new HtmlListParser();

    private Parsers() {}

    /**
     * @param type as in {@code feeds.yaml}
     * @throws IllegalArgumentException for a type that there is not; the catalogue refuses those before
     */
    public static NoticeParser of(String type) {
        return switch (type) {
            case "bda" -> BDA;
            case "boamp" -> BOAMP;
            case "eforms" -> EFORMS;
            case "ics" -> ICS;
            case "json" -> JSON;
            case "mailbox" -> MAILBOX;
            case "ocds" -> OCDS;
            case "rss" -> RSS;
            case "sitemap" -> SITEMAP;
            case "sedia" -> SEDIA;
            case "ted-search" -> TED_SEARCH;
            case "tenderned" -> TENDERNED;
            case "html-list" -> HTML_LIST;
            default -> throw new IllegalArgumentException("no parser for sources of type " + type);
        };
    }
}
