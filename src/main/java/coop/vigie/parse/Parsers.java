package coop.vigie.parse;

/** The parser for each type of source. */
public final class Parsers {

    private static final NoticeParser BDA = new BdaParser();
    private static final NoticeParser EFORMS = new EformsParser();
    private static final NoticeParser OCDS = new OcdsParser();
    private static final NoticeParser ICS = new IcsParser();
    private static final NoticeParser JSON = new JsonListParser();
    private static final NoticeParser RSS = new FeedParser();
    private static final NoticeParser TED_SEARCH = new TedSearchParser();
    private static final NoticeParser TENDERNED = new TenderNedParser();
    private static final NoticeParser HTML_LIST = new HtmlListParser();

    private Parsers() {}

    /**
     * @param type as in {@code feeds.yaml}
     * @throws IllegalArgumentException for a type that this version does not read; the catalogue refuses those before
     */
    public static NoticeParser of(String type) {
        return switch (type) {
            case "bda" -> BDA;
            case "eforms" -> EFORMS;
            case "ics" -> ICS;
            case "json" -> JSON;
            case "ocds" -> OCDS;
            case "rss" -> RSS;
            case "ted-search" -> TED_SEARCH;
            case "tenderned" -> TENDERNED;
            case "html-list" -> HTML_LIST;
            default -> throw new IllegalArgumentException("no parser for sources of type " + type);
        };
    }
}
