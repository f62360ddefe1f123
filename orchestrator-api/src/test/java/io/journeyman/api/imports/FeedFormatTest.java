package io.journeyman.api.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.Contract;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What each reader makes of a file, and of which line it says so. What it makes of good rows must be as the contract wants it. */
class FeedFormatTest {
    private static final Contract CONTRACT = Contract.load("recommendation");

    /** Keeps what it is given. */
    private static final class Basket implements FeedSink {
        final List<ObjectNode> products = new ArrayList<>();
        final List<Lines> lines = new ArrayList<>();
        final List<Refusal> refusals = new ArrayList<>();

        @Override
        public void product(ObjectNode product, Lines at) {
            products.add(product);
            lines.add(at);
        }

        @Override
        public void refused(Refusal refusal) {
            refusals.add(refusal);
        }

        ObjectNode only() {
            assertThat(refusals).isEmpty();
            assertThat(products).hasSize(1);
            assertThat(CONTRACT.checkSchema("ImportProduct", products.getFirst().toString()))
                    .isEmpty();
            return products.getFirst();
        }

        JsonNode variant(int n) {
            return products.getFirst().path("variants").get(n);
        }
    }

    @Test
    void readsAMerchantFeedInXml() throws Exception {
        var read = read(FeedFormat.google_xml, """
                <?xml version="1.0" encoding="UTF-8"?>
                <rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>A shop</title>
                <item>
                  <g:id>DRS/1 S</g:id><g:item_group_id>DRS</g:item_group_id>
                  <title><![CDATA[Linen & Lace Dress]]></title>
                  <g:description>&lt;p&gt;Soft &amp;amp; light.&lt;/p&gt;</g:description>
                  <g:brand>Saanjh</g:brand><g:gender>female</g:gender><g:age_group>adult</g:age_group>
                  <g:product_type>Women > Dresses > Maxi Dresses</g:product_type>
                  <g:image_link>https://shop.example/1.jpg</g:image_link>
                  <g:additional_image_link>https://shop.example/2.jpg</g:additional_image_link>
                  <g:price>2499.00 INR</g:price><g:sale_price>1999 INR</g:sale_price>
                  <g:sale_price_effective_date>2026-11-24T11:07+0530/2026-12-01T23:07+0530</g:sale_price_effective_date>
                  <g:gtin>4006381333931</g:gtin><g:mpn>LL-1</g:mpn><g:color>Sea Green</g:color><g:size>S</g:size>
                  <g:shipping><g:country>IN</g:country><g:price>49 INR</g:price></g:shipping>
                  <g:product_detail><g:attribute_name>Sleeves</g:attribute_name>
                    <g:attribute_value>long</g:attribute_value></g:product_detail>
                </item>
                <item><g:id>DRS-M</g:id><g:item_group_id>DRS</g:item_group_id><title>Linen &amp; Lace Dress</title>
                  <g:price>2499.00 INR</g:price><g:color>Sea Green</g:color><g:size>M</g:size></item>
                </channel></rss>
                """);

        var dress = read.only();
        assertThat(dress.path("productId").asText()).isEqualTo("DRS");
        assertThat(dress.path("name").asText()).isEqualTo("Linen & Lace Dress");
        assertThat(dress.path("description").asText()).isEqualTo("Soft & light.");
        assertThat(dress.path("audience").asText()).isEqualTo("women");
        assertThat(texts(dress.path("categories"))).containsExactly("Women > Dresses > Maxi Dresses");
        assertThat(texts(dress.path("images")))
                .containsExactly("https://shop.example/1.jpg", "https://shop.example/2.jpg");
        assertThat(dress.path("attributes").toString()).isEqualTo("[{\"name\":\"Sleeves\",\"value\":\"long\"}]");
        assertThat(read.variant(0).path("sku").asText()).isEqualTo("DRS-1-S");
        assertThat(read.variant(0).path("price").toString()).isEqualTo("{\"minor\":249900,\"currency\":\"INR\"}");
        assertThat(read.variant(0).at("/salePrice/minor").asLong()).isEqualTo(199_900);
        assertThat(read.variant(0).path("saleFrom").asText()).isEqualTo("2026-11-24T05:37:00Z");
        assertThat(read.variant(0).path("gtin").asText()).isEqualTo("4006381333931");
        assertThat(read.variant(1).path("sku").asText()).isEqualTo("DRS-M");
        assertThat(read.lines.getFirst()).isEqualTo(new FeedSink.Lines(3, List.of(3L, 18L)));
    }

    @Test
    void opensNoEntityOfAnXmlFile() throws Exception {
        var read = new Basket();

        assertThatThrownBy(() -> FeedFormat.google_xml.read(bytes("""
                        <!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
                        <rss><channel><item><id>A</id><title>&secret;</title><price>1 INR</price></item></channel></rss>
                        """), "INR", read))
                .isInstanceOf(FeedUnreadable.class);

        assertThat(read.products).isEmpty();
    }

    /** As many as a large shop's categories have, "Home &gt; Bedding" each: the JDK alone reads a hundred thousand. */
    @Test
    void readsAnyNumberOfEntitiesOfXmlItself() throws Exception {
        String item = "<item><id>A%d</id><title>Rug</title><price>1 INR</price><note>" + "&gt; ".repeat(6_000)
                + "</note></item>";

        var read = read(
                FeedFormat.google_xml,
                IntStream.range(0, 20).mapToObj(item::formatted).collect(Collectors.joining("\n", "<rss>", "</rss>")));

        assertThat(read.refusals).isEmpty();
        assertThat(read.products).hasSize(20);
    }

    @Test
    void takesWhatStandsBeforeTheLineFromWhichAnXmlFileIsBroken() {
        var read = new Basket();

        assertThatThrownBy(() -> FeedFormat.google_xml.read(bytes("""
                        <rss><channel>
                        <item><id>A</id><title>One</title><price>1 INR</price></item>
                        <item><id>B</id><title>Two</item>
                        """), "INR", read))
                .isInstanceOfSatisfying(
                        FeedUnreadable.class, e -> assertThat(e.line()).isEqualTo(3));

        assertThat(read.products).hasSize(1);
    }

    @Test
    void readsAMerchantFeedPartedByTabsAndRefusesRowsByTheirLines() throws Exception {
        var read = read(FeedFormat.google_tsv, "\uFEFF" + """
                id\ttitle\tdescription\tprice\titem group id\tsize\tcolor\tadditional_image_link
                A-S\tTee\t"over
                two lines"\t499.00 INR\tA\tS\tred\thttps://x.example/1.jpg,https://x.example/2.jpg
                A-M\tTee\t24" long\t499\tA\tM\tred\t

                B\tShirt\t\t12,99 INR\t\t\t\t
                C\t\t\t799 INR\t\t\t\t
                D\tBelt\t\t799.005 INR\t\t\t\t
                A-S\tTee\t\t499 INR\tA\tS\tred\t
                E\tScarf\t\t799 XXZ\t\t\t\t
                """);

        assertThat(read.products).hasSize(1);
        assertThat(read.products.getFirst().path("variants")).hasSize(2);
        assertThat(read.variant(0).path("images")).hasSize(2);
        assertThat(read.variant(1).at("/price/currency").asText()).isEqualTo("INR");
        assertThat(read.lines.getFirst()).isEqualTo(new FeedSink.Lines(2, List.of(2L, 4L)));
        assertThat(read.refusals)
                .containsExactly(
                        new Refusal(6, "B", "price", "is no price such as 1499.00 INR"),
                        new Refusal(7, "C", "title", "is missing"),
                        new Refusal(8, "D", "price", "has more decimals than INR has"),
                        new Refusal(9, "A-S", "id", "came before in this file"),
                        new Refusal(10, "E", "price", "XXZ is no currency (ISO 4217)"));
    }

    @Test
    void readsWhatATabbedFeedSaysOfAProductBesides() throws Exception {
        var read = read(FeedFormat.google_tsv, """
                id	title	price	sale_price	sale_price_effective_date	brand	gtin	product_type	product_type	product_detail	product_highlight	product_weight
                A	Tee	499.00 INR	399.00 INR	2026-11-24T11:07+0530/2026-12-01T23:07+0530	Saanjh	4006381333931	Men > Tees	Sale	General:Care:Hand wash, cold,Fit:Cut:Slim	Breathes well	180 g
                """);

        assertThat(read.only().path("brand").asText()).isEqualTo("Saanjh");
        assertThat(texts(read.only().path("categories"))).containsExactly("Men > Tees", "Sale");
        assertThat(attributes(read.only()))
                .containsExactlyInAnyOrder("highlight: Breathes well", "Care: Hand wash, cold", "Cut: Slim");
        assertThat(attributes(read.variant(0))).containsExactly("product_weight: 180 g");
        assertThat(read.variant(0).path("gtin").asText()).isEqualTo("4006381333931");
        assertThat(read.variant(0).at("/salePrice/minor").asLong()).isEqualTo(39_900);
        assertThat(read.variant(0).path("saleFrom").asText()).isEqualTo("2026-11-24T05:37:00Z");
        assertThat(read.variant(0).path("saleUntil").asText()).isEqualTo("2026-12-01T17:37:00Z");
    }

    @Test
    void handsVariantsOnAsFurtherOnesWhenTheirProductCameBefore() throws Exception {
        var read = read(FeedFormat.google_tsv, """
                id\ttitle\tprice\titem_group_id
                A-1\tA\t1\tA
                B-1\tB\t1\tB
                A-2\tA\t1\tA
                """);

        assertThat(read.products)
                .extracting(
                        product -> product.path("productId").asText(),
                        product -> product.path("continued").asBoolean())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("A", false),
                        org.assertj.core.groups.Tuple.tuple("B", false),
                        org.assertj.core.groups.Tuple.tuple("A", true));
    }

    @Test
    void keepsNoMoreThanAHundredVariantsOfAProduct() throws Exception {
        var rows = new StringBuilder("id\ttitle\tprice\titem_group_id\tsize\n");
        for (int i = 0; i < 250; i++) {
            rows.append("A-").append(i).append("\tA\t1\tA\t").append(i).append('\n');
        }

        var read = read(FeedFormat.google_tsv, rows.toString());

        assertThat(read.products)
                .extracting(
                        product -> product.path("variants").size(),
                        product -> product.path("continued").asBoolean())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(100, false),
                        org.assertj.core.groups.Tuple.tuple(100, true),
                        org.assertj.core.groups.Tuple.tuple(50, true));
        assertThat(read.lines.get(2).variants()).startsWith(202L);
    }

    @Test
    void readsAShopifyExport() throws Exception {
        var read = read(FeedFormat.shopify_csv, """
                Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Price,Variant Compare At Price,Variant Barcode,Image Src,Image Position,Variant Image,Status
                tee,Ringer Tee,"<p>Soft cotton.<br>
                Made in <b>Tiruppur</b>&nbsp;.</p><script>x()</script>",Saanjh,Apparel & Accessories > Clothing,Tees,"summer, cotton",true,Size,S,Colour,Red,TEE S/RED,799.00,999.00,'4006381333931,https://cdn.example/tee.jpg,1,https://cdn.example/red.jpg,active
                tee,,,,,,,,,M,,Red,,799.00,,,https://cdn.example/tee-back.jpg,2,,
                tee,,,,,,,,,,,,,,,,https://cdn.example/tee-side.jpg,3,,
                """);

        var tee = read.only();
        assertThat(tee.path("name").asText()).isEqualTo("Ringer Tee");
        assertThat(tee.path("description").asText()).isEqualTo("Soft cotton. Made in Tiruppur .");
        assertThat(texts(tee.path("categories"))).containsExactly("Apparel & Accessories > Clothing > Tees");
        assertThat(texts(tee.path("tags"))).containsExactly("summer", "cotton");
        assertThat(texts(tee.path("images")))
                .containsExactly(
                        "https://cdn.example/tee.jpg",
                        "https://cdn.example/tee-back.jpg",
                        "https://cdn.example/tee-side.jpg");
        assertThat(read.variant(0).path("sku").asText()).isEqualTo("TEE-S-RED");
        assertThat(read.variant(0).path("size").asText()).isEqualTo("S");
        assertThat(read.variant(0).path("color").asText()).isEqualTo("Red");
        assertThat(read.variant(0).at("/price/minor").asLong()).isEqualTo(99_900);
        assertThat(read.variant(0).at("/salePrice/minor").asLong()).isEqualTo(79_900);
        assertThat(read.variant(0).path("gtin").asText()).isEqualTo("4006381333931");
        assertThat(read.variant(1).path("sku").asText()).isEqualTo("tee-M-Red");
        assertThat(read.lines.getFirst()).isEqualTo(new FeedSink.Lines(2, List.of(2L, 4L)));
    }

    @Test
    void readsAShopifyExportWithItsNewerHeadingsAndOtherOptions() throws Exception {
        var read = read(FeedFormat.shopify_csv, """
                Title,URL handle,Description,Vendor,Type,Status,SKU,Option1 name,Option1 value,Price,Product image URL
                Candle,candle,A candle.,Glow,Candles,Active,C-1,Scent,Rose,499,https://cdn.example/c.jpg
                ,candle,,,,,C-2,,Jasmine,499,
                Soap,soap,A soap.,Glow,Soaps,Active,S-1,Title,Default Title,99,
                """);

        assertThat(read.refusals).isEmpty();
        assertThat(read.variant(1).path("size").asText()).isEqualTo("Jasmine");
        assertThat(read.products.get(1).at("/variants/0").has("size")).isFalse();
    }

    @Test
    void readsWhatAShopifyExportSaysOfAProductInFieldsOfTheShopsOwn() throws Exception {
        var read = read(FeedFormat.shopify_csv, """
                Handle,Title,Collection,Option1 Name,Option1 Value,Variant SKU,Variant Price,Google Shopping / MPN,Google Shopping / Condition,Fabric (product.metafields.custom.fabric),Made In (product.metafields.custom.made_in),Details (product.metafields.custom.details),Target gender (product.metafields.shopify.target-gender),Wash (variant.metafields.custom.wash),Status
                tee,Ringer Tee,Summer,Size,S,TEE-S,799.00,RT-1,new,Cotton,Tiruppur,"{""type"":""root""}",male,Cold,active
                tee,,,,M,TEE-M,799.00,RT-2,,,,,,Warm,
                """);

        assertThat(texts(read.only().path("categories"))).containsExactly("Summer");
        assertThat(attributes(read.only())).containsExactly("condition: new", "fabric: Cotton", "made in: Tiruppur");
        assertThat(read.only().path("audience").asText()).isEqualTo("men");
        assertThat(attributes(read.variant(0))).containsExactly("mpn: RT-1", "wash: Cold");
        assertThat(attributes(read.variant(1))).containsExactly("mpn: RT-2", "wash: Warm");
    }

    @Test
    void refusesAPriceInAnotherCurrencyThanTheShops() throws Exception {
        var tabbed = read(FeedFormat.google_tsv, "id\ttitle\tprice\tsale_price\nA\tTee\t12 EUR\t\nB\tTee\t12\t9 USD\n");
        var lines = read(FeedFormat.jsonl, """
                {"productId": "A", "name": "Tee", "variants": [{"sku": "A", "price": "EUR 12"}]}
                """);

        assertThat(tabbed.refusals)
                .containsExactly(
                        new Refusal(2, "A", "price", "is in EUR, and the shop's prices are in INR"),
                        new Refusal(3, "B", "sale_price", "is in USD, and the shop's prices are in INR"));
        assertThat(lines.refusals)
                .containsExactly(new Refusal(1, "A", "price", "is in EUR, and the shop's prices are in INR"));
    }

    @Test
    void saysWhichProductsOfAShopifyExportAreNotForSaleAndWhichRowsLackWhat() throws Exception {
        var read = read(FeedFormat.shopify_csv, """
                Handle,Title,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price,Status
                draft,Draft,true,Size,S,D-1,10,draft
                draft,,,,M,D-2,10,
                hidden,Hidden,FALSE,,,H-1,10,active
                ,No handle,true,,,N-1,10,active
                untitled,,,,,U-1,10,active
                good,Good,true,Size,S,G-1,10,active
                good,,,,M,G-2,ten,active
                """);

        assertThat(read.products).hasSize(1);
        assertThat(read.refusals)
                .containsExactly(
                        new Refusal(2, "draft", "Status", "is not active: the product is not for sale"),
                        new Refusal(4, "hidden", "Published", "is false: the product is not for sale"),
                        new Refusal(5, "N-1", "Handle", "is missing"),
                        new Refusal(6, "U-1", "Title", "is missing in the product's first row"),
                        new Refusal(8, "G-2", "Variant Price", "is no price such as 1499.00 INR"));
    }

    @Test
    void readsAProductFromEachLine() throws Exception {
        var read = read(FeedFormat.jsonl, """
                {"productId": "P-1", "name": "Kurta", "variants": [{"sku": "P-1-S", "price": "1499.00 INR"}, {"sku": "P-1-M", "price": 1499.5}]}
                {"productId": "P-1", "name": "Kurta", "variants": []}
                not json
                [1]

                {"productId": "P-2", "name": "Saree"}
                {"productId": "P-3", "name": "Shawl", "variants": [{"sku": "P-3", "price": {"minor": 5, "currency": "INR"}}]}""");

        assertThat(read.products).hasSize(2);
        assertThat(read.products)
                .allSatisfy(product -> assertThat(CONTRACT.checkSchema("ImportProduct", product.toString()))
                        .isEmpty());
        assertThat(read.variant(1).at("/price/minor").asLong()).isEqualTo(149_950);
        assertThat(read.refusals)
                .containsExactly(
                        new Refusal(2, "P-1", "productId", "came before in this file"),
                        new Refusal(3, "", "row", "is not JSON"),
                        new Refusal(4, "", "row", "is not a JSON object"),
                        new Refusal(6, "P-2", "variants", "is no list of variants"));
    }

    @Test
    void readsHowLongTheShopAnswersForAProduct() throws Exception {
        var read = read(FeedFormat.jsonl, """
                {"productId": "K-1", "name": "Kettle", "warranty_months": 24, "variants": [{"sku": "K-1", "price": 1499.5}]}
                {"productId": "K-2", "name": "Kettle", "warrantyMonths": "ten", "variants": [{"sku": "K-2", "price": 1499.5}]}
                {"productId": "K-3", "name": "Kettle", "warrantyMonths": 241, "variants": [{"sku": "K-3", "price": 1499.5}]}""");

        assertThat(read.products).hasSize(1);
        assertThat(read.products.getFirst().path("attributes").toString())
                .isEqualTo("[{\"name\":\"warranty months\",\"value\":\"24\"}]");
        assertThat(read.refusals)
                .containsExactly(
                        new Refusal(2, "K-2", "warrantyMonths", "is no number of months from 0 to 240"),
                        new Refusal(3, "K-3", "warrantyMonths", "is no number of months from 0 to 240"));
    }

    @Test
    void doesNotGuessWhatIsNotUtf8() throws Exception {
        var read = new Basket();

        FeedFormat.google_tsv.read(
                bytes("id\ttitle\tprice\nA\tGröße\t1\nB\tSize\t1\n", StandardCharsets.ISO_8859_1), "INR", read);

        assertThat(read.refusals).containsExactly(new Refusal(2, "A", "row", "is not UTF-8"));
        assertThat(read.products).hasSize(1);
    }

    @Test
    void saysWhatKindOfFileItIsNot() {
        assertThatThrownBy(() -> read(FeedFormat.shopify_csv, "id,title,price\nA,B,1\n"))
                .isInstanceOf(FeedUnreadable.class)
                .hasMessage("the first line has no column handle");
        assertThatThrownBy(() -> read(FeedFormat.google_xml, "<html/>"))
                .isInstanceOf(FeedUnreadable.class)
                .hasMessageStartingWith("there is no item in it");
        assertThatThrownBy(() -> read(FeedFormat.google_tsv, "")).hasMessage("is empty");
    }

    @Test
    void stopsWhereAQuoteIsLeftOpenWithoutReadingTheRestIntoMemory() {
        var read = new Basket();
        var endless = new SequenceInputStream(bytes("id\ttitle\tprice\nA\tOne\t1\nB\t\"Two\t1\n"), new InputStream() {
            private long given;

            @Override
            public int read() throws IOException {
                if (given++ > 64L << 20) {
                    throw new IOException("too much was read");
                }
                return 'a';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                Arrays.fill(buffer, offset, offset + length, (byte) read());
                given += length;
                return length;
            }
        });

        assertThatThrownBy(() -> FeedFormat.google_tsv.read(endless, "INR", read))
                .isInstanceOfSatisfying(
                        FeedUnreadable.class, e -> assertThat(e.line()).isEqualTo(3));
        assertThatThrownBy(() -> FeedFormat.google_tsv.read(
                        bytes("id\ttitle\tprice\nA\tOne\t1\nB\t\"Two\t1\n"), "INR", new Basket()))
                .isInstanceOf(FeedUnreadable.class)
                .hasMessage("a quote is not closed from here on");
        assertThat(read.products).hasSize(1);
    }

    private static Basket read(FeedFormat format, String file) throws IOException, FeedUnreadable {
        var read = new Basket();
        format.read(bytes(file), "INR", read);
        return read;
    }

    private static InputStream bytes(String text) {
        return bytes(text, StandardCharsets.UTF_8);
    }

    private static InputStream bytes(String text, Charset charset) {
        return new ByteArrayInputStream(text.getBytes(charset));
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> attributes(JsonNode of) {
        return StreamSupport.stream(of.path("attributes").spliterator(), false)
                .map(attribute -> attribute.path("name").asText() + ": "
                        + attribute.path("value").asText())
                .toList();
    }
}
