package io.sessiontracker.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.TreeNode;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.AnyGetterWriter;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.VirtualBeanPropertyWriter;
import tools.jackson.databind.type.TypeFactory;
import tools.jackson.databind.util.ClassUtil;

/** Compares a session and its copy value by value, and refuses a value that came back as another type. */
final class TypeComparison {

    private static final JavaType UNTYPED = TypeFactory.unknownType();

    private final JsonMapper mapper;
    private final SerializationContext context;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Class<?>> dependent = new HashSet<>();

    /** Creates a comparison with the mapper that wrote both. */
    TypeComparison(JsonMapper mapper) {
        this.mapper = mapper;
        this.context = mapper._serializationContext();
    }

    /** Returns the classes that hold a value whose type JSON preserves only by chance. */
    Set<Class<?>> dependent() {
        return dependent;
    }

    void compare(Session before, Session after) throws Exception {
        properties(before, after, PropertyPath.ROOT);
    }

    private void compare(
            JavaType declared, @Nullable Object before, @Nullable Object after, PropertyPath path, Class<?> owner)
            throws Exception {
        if (before == null || after == null || before instanceof TreeNode) {
            return;
        }
        SameType.require(declared, before, after, path);
        if (declared.hasRawClass(Object.class) && dependsOnItsSize(before)) {
            dependent.add(owner);
        }
        boolean isEntered = before instanceof Iterable
                || before instanceof Map
                || before instanceof Object[]
                || !ClassUtil.isJDKClass(before.getClass())
                || before instanceof Optional
                || before instanceof AtomicReference;
        if (isEntered && seen.add(before)) {
            contents(declared, before, after, path, owner);
        }
    }

    /** An integer without a declared type is read as a type that depends on its size. */
    private static boolean dependsOnItsSize(Object value) {
        return value instanceof Long || value instanceof BigInteger || value instanceof Double;
    }

    private void contents(JavaType declared, Object before, Object after, PropertyPath path, Class<?> owner)
            throws Exception {
        JavaType content = declared.getContentType() == null ? UNTYPED : declared.getContentType();
        if (before instanceof Map<?, ?> map && after instanceof Map<?, ?> copy) {
            JavaType key = declared.getKeyType() == null ? UNTYPED : declared.getKeyType();
            entries(key, content, map, copy, path, owner);
        } else if (before instanceof Collection<?> all && after instanceof Collection<?> copy) {
            elements(content, ordered(all), ordered(copy), path, owner);
        } else if (before instanceof Object[] array && after instanceof Object[] copy) {
            elements(content, Arrays.asList(array), Arrays.asList(copy), path, owner);
        } else if (before instanceof Optional<?> optional && after instanceof Optional<?> copy) {
            compare(content, optional.orElse(null), copy.orElse(null), path, owner);
        } else if (before instanceof AtomicReference<?> reference && after instanceof AtomicReference<?> copy) {
            compare(content, reference.get(), copy.get(), path, owner);
        } else if (!ClassUtil.isJDKClass(before.getClass())) {
            properties(before, after, path);
        }
    }

    private void elements(JavaType type, List<?> before, List<?> after, PropertyPath path, Class<?> owner)
            throws Exception {
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
            compare(type, before.get(i), after.get(i), path.index(i), owner);
        }
    }

    /** Returns a set's elements in the order of their JSON. */
    private List<?> ordered(Collection<?> elements) {
        List<Object> ordered = new ArrayList<>(elements);
        if (elements instanceof Set) {
            ordered.sort(Comparator.comparing(mapper::writeValueAsString));
        }
        return ordered;
    }

    private void entries(
            JavaType keyType, JavaType valueType, Map<?, ?> before, Map<?, ?> after, PropertyPath path, Class<?> owner)
            throws Exception {
        Map<Object, Object> unmatched = new HashMap<>(after);
        for (Map.Entry<?, ?> entry : before.entrySet()) {
            Object key = entry.getKey();
            if (unmatched.containsKey(key)) {
                compare(valueType, entry.getValue(), unmatched.get(key), path.key(), owner);
            } else if (!unmatched.isEmpty()) {
                // Keys without equals, or of another class, are compared in iteration order.
                Iterator<?> keys = unmatched.keySet().iterator();
                SameType.require(keyType, key, keys.next(), path.key());
            }
        }
    }

    private void properties(Object before, Object after, PropertyPath path) throws Exception {
        Class<?> owner = before.getClass();
        Iterator<PropertyWriter> writers = context.findValueSerializer(owner).properties();
        while (writers.hasNext()) {
            if (writers.next() instanceof BeanPropertyWriter writer
                    && !(writer instanceof VirtualBeanPropertyWriter)
                    && !(writer instanceof AnyGetterWriter)) {
                PropertyPath inside = writer.isUnwrapping() ? path : path.property(writer.getName());
                compare(writer.getType(), writer.get(before), writer.get(after), inside, owner);
            }
        }
        AnnotatedMember others =
                context.introspectBeanDescription(mapper.constructType(owner)).findAnyGetter();
        if (others != null) {
            others.fixAccess(true);
            compare(others.getType(), others.getValue(before), others.getValue(after), path, owner);
        }
    }
}
