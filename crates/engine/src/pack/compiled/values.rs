//! Numbers, texts and lists.

use super::{Compiled, END, Reader, Writer};

impl Compiled for bool {
    fn write(&self, to: &mut Writer) {
        to.rest.push(u8::from(*self));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.variant(2) == 1
    }
}

impl Compiled for u8 {
    fn write(&self, to: &mut Writer) {
        to.rest.push(*self);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.byte()
    }
}

impl Compiled for u16 {
    fn write(&self, to: &mut Writer) {
        to.number((*self).into());
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.number() as u16
    }
}

impl Compiled for u32 {
    fn write(&self, to: &mut Writer) {
        to.number(*self);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.number()
    }
}

/// Zigzag: the sign is the lowest bit.
impl Compiled for i16 {
    fn write(&self, to: &mut Writer) {
        let number = i32::from(*self);
        to.number((number << 1 ^ number >> 31) as u32);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let number = from.number() as i32;
        ((number >> 1) ^ -(number & 1)) as i16
    }
}

impl Compiled for f64 {
    fn write(&self, to: &mut Writer) {
        to.rest.extend(self.to_le_bytes());
    }

    fn read(from: &mut Reader<'_>) -> Self {
        f64::from_le_bytes(from.bytes(8).try_into().unwrap_or_default())
    }
}

impl Compiled for String {
    fn write(&self, to: &mut Writer) {
        // FHIR and TOML allow no NUL inside a text either.
        to.texts.extend(self.chars().filter(|c| *c != END).chain([END]));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let text = from.texts.next();
        from.sound &= text.is_some();
        text.unwrap_or_default().into()
    }
}

impl<T: Compiled> Compiled for Option<T> {
    fn write(&self, to: &mut Writer) {
        self.is_some().write(to);
        self.iter().for_each(|value| value.write(to));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        if bool::read(from) { Some(T::read(from)) } else { None }
    }
}

/// As many as the length says, or until something did not fit.
impl<T: Compiled> Compiled for Vec<T> {
    fn write(&self, to: &mut Writer) {
        to.number(self.len() as u32);
        self.iter().for_each(|value| value.write(to));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let count = from.number();
        let mut out = Vec::new();
        while out.len() < count as usize && from.sound {
            out.push(T::read(from));
        }
        out
    }
}
