package io.sessiontracker.autoconfigure.dynamodb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.sessiontracker.dynamodb.DynamoDbTable;
import io.sessiontracker.dynamodb.DynamoDbTableSetup;
import io.sessiontracker.dynamodb.LocalDynamoDb;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

import static org.assertj.core.api.Assertions.assertThat;

/** The table that docs/dynamodb.md shows is the one that {@code create-table} creates. */
class DocumentedTableTest {

    private static final Path DOCUMENTATION = Path.of("../docs/dynamodb.md");

    private final TableDescription created = describe(LocalDynamoDb.table().name());

    @Test
    void shouldShowCloudFormation() throws IOException {
        Map<String, Object> template = new Yaml().load(snippet("yaml", "Resources:"));
        Map<String, Object> table = at(at(at(template, "Resources"), "SessionTable"), "Properties");

        assertThat(table).containsEntry("BillingMode", "PAY_PER_REQUEST");
        assertThat(at(table, "TimeToLiveSpecification"))
                .containsEntry("AttributeName", "ttl")
                .containsEntry("Enabled", true);
        assertSameAsCreated(request(table));
    }

    @Test
    void shouldShowTerraform() throws IOException {
        String terraform = snippet("hcl", "resource \"aws_dynamodb_table\"");

        assertThat(terraform).containsPattern("billing_mode += +\"PAY_PER_REQUEST\"");
        assertThat(terraform).containsPattern("ttl \\{\\s+attribute_name += +\"ttl\"\\s+enabled += +true");
        assertSameAsCreated(terraformRequest(terraform));
    }

    private void assertSameAsCreated(CreateTableRequest request) {
        LocalDynamoDb.client().createTable(request).join();
        new DynamoDbTableSetup(new DynamoDbTable(LocalDynamoDb.client(), request.tableName())).check();
        TableDescription documented = describe(request.tableName());

        assertThat(documented.keySchema()).isEqualTo(created.keySchema());
        assertThat(documented.attributeDefinitions())
                .containsExactlyInAnyOrderElementsOf(created.attributeDefinitions());
        assertThat(documented.globalSecondaryIndexes())
                .usingRecursiveFieldByFieldElementComparatorOnFields("indexName", "keySchema", "projection")
                .containsExactlyInAnyOrderElementsOf(created.globalSecondaryIndexes());
    }

    private static CreateTableRequest request(Map<String, Object> table) {
        return CreateTableRequest.builder()
                .tableName("sessions-" + UUID.randomUUID())
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(all(table, "AttributeDefinitions").stream()
                        .map(each -> attribute(text(each, "AttributeName"), text(each, "AttributeType")))
                        .toList())
                .keySchema(keys(table))
                .globalSecondaryIndexes(all(table, "GlobalSecondaryIndexes").stream()
                        .map(index -> GlobalSecondaryIndex.builder()
                                .indexName(text(index, "IndexName"))
                                .keySchema(keys(index))
                                .projection(projection ->
                                        projection.projectionType(text(at(index, "Projection"), "ProjectionType")))
                                .build())
                        .toList())
                .build();
    }

    private static CreateTableRequest terraformRequest(String terraform) {
        String table = terraform.replaceAll("(?ms)^ {2}\\w+ \\{.*?^ {2}\\}", "");
        return CreateTableRequest.builder()
                .tableName("sessions-" + UUID.randomUUID())
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(blocks(terraform, "attribute").stream()
                        .map(each -> attribute(value(each, "name"), value(each, "type")))
                        .toList())
                .keySchema(keys(value(table, "hash_key"), value(table, "range_key")))
                .globalSecondaryIndexes(blocks(terraform, "global_secondary_index").stream()
                        .map(each -> GlobalSecondaryIndex.builder()
                                .indexName(value(each, "name"))
                                .keySchema(keys(value(each, "hash_key"), value(each, "range_key")))
                                .projection(projection -> projection.projectionType(value(each, "projection_type")))
                                .build())
                        .toList())
                .build();
    }

    private static List<String> blocks(String terraform, String name) {
        return Pattern.compile("(?ms)^ {2}" + name + " \\{(.*?)^ {2}\\}")
                .matcher(terraform)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static String value(String block, String name) {
        Matcher matcher = Pattern.compile("(?m)^ +" + name + " += +\"(.*)\"$").matcher(block);
        assertThat(matcher.find()).as("%s in %s", name, block).isTrue();
        return matcher.group(1);
    }

    private static AttributeDefinition attribute(String name, String type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static List<KeySchemaElement> keys(Map<String, Object> owner) {
        return all(owner, "KeySchema").stream()
                .map(each -> key(text(each, "AttributeName"), text(each, "KeyType")))
                .toList();
    }

    private static List<KeySchemaElement> keys(String partition, String sort) {
        return List.of(key(partition, "HASH"), key(sort, "RANGE"));
    }

    private static KeySchemaElement key(String attribute, String type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }

    private static TableDescription describe(String table) {
        return LocalDynamoDb.client()
                .describeTable(request -> request.tableName(table))
                .join()
                .table();
    }

    private static String snippet(String language, String beginning) throws IOException {
        Matcher matcher = Pattern.compile("(?ms)^```" + language + "\\n(" + Pattern.quote(beginning) + ".*?)^```$")
                .matcher(Files.readString(DOCUMENTATION));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String text(Map<String, Object> owner, String name) {
        return String.valueOf(owner.get(name));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> at(Map<String, Object> owner, String name) {
        return (Map<String, Object>) owner.getOrDefault(name, Map.of());
    }

    @SuppressWarnings("unchecked")
    private static Collection<Map<String, Object>> all(Map<String, Object> owner, String name) {
        return (Collection<Map<String, Object>>) owner.getOrDefault(name, List.of());
    }
}
