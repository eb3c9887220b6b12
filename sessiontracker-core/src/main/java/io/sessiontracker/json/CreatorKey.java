package io.sessiontracker.json;

import java.lang.reflect.Modifier;
import java.util.List;

import io.sessiontracker.Session;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;

/** Leaves out the property that a session's creator receives as the key anyway. */
final class CreatorKey extends ValueSerializerModifier {

    static final String KEY = "key";

    private static final long serialVersionUID = 1L;

    @Override
    public List<BeanPropertyWriter> changeProperties(
            SerializationConfig config, BeanDescription.Supplier type, List<BeanPropertyWriter> writers) {
        if (Session.class.isAssignableFrom(type.getBeanClass())) {
            for (BeanPropertyDefinition property : type.get().findProperties()) {
                if (isOf(property)) {
                    writers.removeIf(
                            writer -> writer.getName().equals(property.getName()) && !isNamesake(property, writer));
                }
            }
        }
        return writers;
    }

    /** A public member named key hides {@link Session#getKey}: it is kept, and refused later. */
    private static boolean isNamesake(BeanPropertyDefinition property, BeanPropertyWriter writer) {
        return property.getInternalName().equals(KEY)
                && Modifier.isPublic(writer.getMember().getMember().getModifiers());
    }

    /** Returns whether a property of a session class is its creator's key. */
    static boolean isOf(BeanPropertyDefinition property) {
        return property.hasConstructorParameter()
                && (property.getName().equals(KEY) || property.getInternalName().equals(KEY));
    }
}
