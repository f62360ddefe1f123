package io.journeyman.api.page;

import java.util.Map;

/** Draws a piece of clothing as a calm SVG: a shape by category, filled with its colour, on a tinted ground. */
final class Drawing {
    private static final Map<String, String> COLOURS = Map.ofEntries(
            Map.entry("black", "#2b2b30"),
            Map.entry("blue", "#3f6fb5"),
            Map.entry("white", "#fbfaf7"),
            Map.entry("navy", "#26355d"),
            Map.entry("pink", "#e08aa4"),
            Map.entry("beige", "#d9c6a5"),
            Map.entry("maroon", "#7a2638"),
            Map.entry("green", "#4b8a5f"),
            Map.entry("grey", "#8d929b"),
            Map.entry("red", "#c5373d"),
            Map.entry("olive", "#77794a"),
            Map.entry("mustard", "#d6a12f"),
            Map.entry("gold", "#c9a24a"),
            Map.entry("rust", "#b1582f"),
            Map.entry("ivory", "#f3ecd9"),
            Map.entry("lavender", "#b3a3d4"),
            Map.entry("peach", "#f2b591"),
            Map.entry("yellow", "#ecc94b"),
            Map.entry("brown", "#74503a"),
            Map.entry("tan", "#c39a6b"),
            Map.entry("orange", "#e07b35"),
            Map.entry("teal", "#2f8585"),
            Map.entry("multicolour", "url(#many)"),
            Map.entry("turquoise", "#45b3b0"),
            Map.entry("silver", "#bcc1c9"),
            Map.entry("purple", "#6f4a8e"));

    private static final String SLEEVED =
            "M78 62 Q100 76 122 62 L146 72 L166 112 L146 122 L140 108 L%1$s L60 108 L54 122 L34 112 L54 72 Z";
    private static final String SHIRT = SLEEVED.formatted("140 188 L60 188");
    private static final String LONG = SLEEVED.formatted("148 206 L52 206");
    private static final String TROUSERS = "M66 50 H134 L142 208 H112 L100 96 L88 208 H58 Z";
    private static final String SKIRT = "M76 70 H124 L158 192 Q100 206 42 192 Z";
    private static final String DRESS =
            "M80 44 L92 44 Q100 60 108 44 L120 44 L124 92 L154 200 Q100 214 46 200 L76 92 Z";
    private static final String SHOE =
            "M38 128 Q52 132 66 116 L78 102 L104 132 Q126 146 158 150 Q168 156 164 172 H38 Z";
    private static final String BAG =
            "M54 100 H146 L156 196 H44 Z M74 100 Q74 56 100 56 Q126 56 126 100 H116 Q116 68 100 68 Q84 68 84 100 Z";
    private static final String BELT = "M24 116 H150 V140 H24 Z M146 108 H178 V148 H146 Z M154 116 V140 H170 V116 Z";
    private static final String WATCH =
            "M84 40 H116 L122 88 A36 36 0 0 1 122 164 L116 212 H84 L78 164 A36 36 0 0 1 78 88 Z";
    private static final String DRAPE =
            "M60 48 Q100 76 140 48 L150 204 Q132 196 124 204 L116 92 Q100 100 84 92 L76 204 Q64 196 50 204 Z";

    private Drawing() {}

    static String of(String category, String color) {
        String fill = COLOURS.getOrDefault(color, "#a7b0a3");
        String ground = fill.startsWith("#") ? fill : "#c9a24a";
        String shape = shape(category);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 250" role="img">
                <defs><linearGradient id="many" x2="1" y2="1"><stop stop-color="#c5373d"/><stop offset=".35" stop-color="#d6a12f"/>\
                <stop offset=".7" stop-color="#2f8585"/><stop offset="1" stop-color="#6f4a8e"/></linearGradient>\
                <linearGradient id="light" x2="0" y2="1"><stop stop-color="#fff" stop-opacity=".28"/><stop offset="1" stop-color="#000" stop-opacity=".14"/></linearGradient></defs>
                <rect width="200" height="250" fill="#f4f0e8"/><rect width="200" height="250" fill="%s" opacity=".14"/>
                <ellipse cx="100" cy="218" rx="66" ry="7" fill="#1d1b18" opacity=".10"/>
                <path d="%s" fill="%s" fill-rule="evenodd" stroke="#1d1b18" stroke-opacity=".22" stroke-width="1.5" stroke-linejoin="round"/>
                <path d="%s" fill="url(#light)" fill-rule="evenodd"/>%s
                </svg>
                """.formatted(ground, shape, fill, shape, detail(category));
    }

    private static String shape(String category) {
        return switch (category) {
            case "kurtas", "kurta sets", "sherwanis" -> LONG;
            case "dresses", "lehengas" -> DRESS;
            case "skirts" -> SKIRT;
            case "jeans", "trousers", "leggings", "palazzos", "pyjamas" -> TROUSERS;
            case "sneakers", "sandals", "formal shoes", "juttis" -> SHOE;
            case "bags" -> BAG;
            case "belts" -> BELT;
            case "watches" -> WATCH;
            case "sarees", "scarves" -> DRAPE;
            default -> SHIRT;
        };
    }

    private static String detail(String category) {
        return switch (category) {
            case "shirts", "jackets", "nehru jackets", "sherwanis" ->
                "<path d=\"M100 72 V186\" stroke=\"#1d1b18\" stroke-opacity=\".35\" stroke-width=\"1.5\"/>";
            case "kurtas", "kurta sets" ->
                "<path d=\"M100 72 V122\" stroke=\"#1d1b18\" stroke-opacity=\".35\" stroke-width=\"1.5\"/>";
            case "watches" ->
                "<circle cx=\"100\" cy=\"126\" r=\"30\" fill=\"#fbfaf7\" stroke=\"#1d1b18\" stroke-opacity=\".4\"/>"
                        + "<path d=\"M100 108 V126 L113 133\" fill=\"none\" stroke=\"#1d1b18\" stroke-width=\"2.5\"/>";
            case "sneakers", "formal shoes" ->
                "<path d=\"M36 172 H166 V182 H36 Z\" fill=\"#fbfaf7\" stroke=\"#1d1b18\" stroke-opacity=\".3\"/>";
            case "sarees", "scarves", "lehengas" ->
                "<path d=\"M54 190 Q100 206 146 190\" fill=\"none\" stroke=\"#c9a24a\" stroke-width=\"4\" opacity=\".8\"/>";
            default -> "";
        };
    }
}
