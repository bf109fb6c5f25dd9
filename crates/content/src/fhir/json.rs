//! JSON in which no key stands twice. The usual reader keeps the last one in silence, and a condition that is written
//! twice may mean the opposite.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// A value that was read with care.
pub struct Once(pub Value);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Once;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_bool<E>(self, v: bool) -> Result<Once, E> {
                Ok(Once(v.into()))
            }

            fn visit_i64<E>(self, v: i64) -> Result<Once, E> {
                Ok(Once(v.into()))
            }

            fn visit_u64<E>(self, v: u64) -> Result<Once, E> {
                Ok(Once(v.into()))
            }

            fn visit_f64<E>(self, v: f64) -> Result<Once, E> {
                Ok(Once(Number::from_f64(v).map_or(Value::Null, Value::Number)))
            }

            fn visit_str<E>(self, v: &str) -> Result<Once, E> {
                Ok(Once(v.into()))
            }

            fn visit_unit<E>(self) -> Result<Once, E> {
                Ok(Once(Value::Null))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Once, A::Error> {
                let mut out = Vec::new();
                while let Some(Once(value)) = seq.next_element()? {
                    out.push(value);
                }
                Ok(Once(out.into()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Once, A::Error> {
                let mut out = Map::new();
                while let Some((key, Once(value))) = map.next_entry::<String, Once>()? {
                    if out.contains_key(&key) {
                        return Err(A::Error::custom(format!("“{key}” stands twice")));
                    }
                    out.insert(key, value);
                }
                Ok(Once(out.into()))
            }
        }

        from.deserialize_any(Any)
    }
}
