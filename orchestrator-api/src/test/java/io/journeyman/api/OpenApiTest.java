package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import jakarta.ws.rs.Path;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.glassfish.jersey.server.model.Resource;
import org.junit.jupiter.api.Test;

/** The API's document: whole, and true. {@link ApiClient} checks each answer of the other tests against it. */
class OpenApiTest {
    private static final JsonNode DOCUMENT = ApiClient.DOCUMENT.document();

    @Test
    void describesEachRouteThatIsServedAndNoOther() throws Exception {
        var served = new TreeSet<String>();
        for (var type : resources()) {
            routes("", Resource.from(type), served);
        }
        var described = new TreeSet<String>();
        for (var operation : ApiClient.DOCUMENT.operations()) {
            described.add(operation.method() + " " + operation.path().replaceAll("\\{.*?}", "{}"));
        }

        assertThat(described).isEqualTo(served);
    }

    @Test
    void isOpenApi31WithSchemasThatAreJsonSchema() {
        assertThat(DOCUMENT.path("openapi").asText()).startsWith("3.1.");
        var metaSchema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        for (var schema : DOCUMENT.at("/components/schemas").properties()) {
            assertThat(metaSchema.validate(schema.getValue().toString(), InputFormat.JSON))
                    .as(schema.getKey())
                    .isEmpty();
        }
    }

    @Test
    void pointsNowhereThatIsNotThere() {
        var references = new ArrayList<String>();
        references(DOCUMENT, references);

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                DOCUMENT.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
        var named = Set.copyOf(references);
        for (var schema : DOCUMENT.at("/components/schemas").properties()) {
            // the data of a stream, and the rows of a file, to which OpenAPI 3.1 cannot point
            if (!Set.of("Event", "CustomerAlias").contains(schema.getKey())) {
                assertThat(named).contains("#/components/schemas/" + schema.getKey());
            }
        }
    }

    @Test
    void describesEachParameterKeyAndAnswer() {
        for (var path : DOCUMENT.path("paths").properties()) {
            for (var method : path.getValue().properties()) {
                String name = method.getKey() + " " + path.getKey();
                var operation = method.getValue();
                var parameters = operation.path("parameters").toString();
                var inPath = java.util.regex.Pattern.compile("\\{(.*?)}").matcher(path.getKey());
                while (inPath.find()) {
                    assertThat(parameters).as(name).contains("\"name\":\"" + inPath.group(1) + "\"");
                }
                boolean changesSomething = Set.of("post", "delete").contains(method.getKey())
                        && !path.getKey().matches("/(v1/(sessions|codec)|staff)(/.*)?");
                assertThat(parameters.contains("IdempotencyKey")).as(name).isEqualTo(changesSomething);
                assertThat(operation.path("responses").has("default")).as(name).isTrue();
                operation.path("responses").properties().stream()
                        .filter(response ->
                                !Set.of("default", "204", "303", "304").contains(response.getKey()))
                        .forEach(response -> assertThat(response.getValue().path("content"))
                                .as(name)
                                .isNotEmpty());
            }
        }
    }

    private static List<Class<?>> resources() throws Exception {
        var classes = java.nio.file.Path.of(ApiService.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var found = new ArrayList<Class<?>>();
        try (Stream<java.nio.file.Path> files = Files.walk(classes)) {
            for (var file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                var name = classes.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
                var type = Class.forName(name, false, OpenApiTest.class.getClassLoader());
                if (type.isAnnotationPresent(Path.class)) {
                    found.add(type);
                }
            }
        }
        return found;
    }

    private static void routes(String base, Resource resource, Set<String> routes) {
        String path = (base + "/" + resource.getPath())
                .replaceAll("\\{(?:[^{}]|\\{[^{}]*})*}", "{}")
                .replaceAll("/+", "/");
        String whole = path.length() > 1 ? path.replaceFirst("/$", "") : path;
        resource.getResourceMethods().forEach(method -> routes.add(method.getHttpMethod() + " " + whole));
        resource.getChildResources().forEach(child -> routes(whole, child, routes));
    }

    private static void references(JsonNode node, List<String> found) {
        if (node.has("$ref")) {
            found.add(node.path("$ref").asText());
        }
        node.forEach(child -> references(child, found));
    }
}
