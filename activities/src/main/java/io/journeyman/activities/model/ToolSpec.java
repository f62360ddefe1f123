package io.journeyman.activities.model;

/**
 * A tool as it is shown to the model.
 *
 * @param description when to use it, written for the model
 * @param jsonSchema of its arguments: a JSON Schema of type object
 */
public record ToolSpec(String name, String description, String jsonSchema) {}
