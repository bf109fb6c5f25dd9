//! Small value sets that HL7 publishes and that questionnaires name by address alone. They are
//! fixed lists, so that nobody has to be asked for them.
//!
//! Each stands as published, with all of its codes. FHIR's own are those of R4 4.0.1 (npm `fhir`
//! 4.12.0, `profiles/valuesets.json`, which a test compares with); where a list differs between
//! versions, or was not at hand in full with its words, it is not here.

use engine::pack::AnswerOption;

/// A code and its words.
type Concept = (&'static str, &'static str);

/// A code system and what is taken from it.
type Part = (&'static str, &'static [Concept]);

const SETS: &[(&str, &[Part])] = &[
    (
        "http://hl7.org/fhir/ValueSet/administrative-gender",
        &[(
            "http://hl7.org/fhir/administrative-gender",
            &[("male", "Male"), ("female", "Female"), ("other", "Other"), ("unknown", "Unknown")],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/yesnodontknow",
        &[
            ("http://terminology.hl7.org/CodeSystem/v2-0136", &[("Y", "Yes"), ("N", "No")]),
            ("http://terminology.hl7.org/CodeSystem/data-absent-reason", &[("asked-unknown", "Don't know")]),
        ],
    ),
    (
        "http://hl7.org/fhir/ValueSet/name-use",
        &[(
            "http://hl7.org/fhir/name-use",
            &[
                ("usual", "Usual"),
                ("official", "Official"),
                ("temp", "Temp"),
                ("nickname", "Nickname"),
                ("anonymous", "Anonymous"),
                ("old", "Old"),
                ("maiden", "Name changed for Marriage"),
            ],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/address-use",
        &[(
            "http://hl7.org/fhir/address-use",
            &[
                ("home", "Home"),
                ("work", "Work"),
                ("temp", "Temporary"),
                ("old", "Old / Incorrect"),
                ("billing", "Billing"),
            ],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/address-type",
        &[(
            "http://hl7.org/fhir/address-type",
            &[("postal", "Postal"), ("physical", "Physical"), ("both", "Postal & Physical")],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/contact-point-system",
        &[(
            "http://hl7.org/fhir/contact-point-system",
            &[
                ("phone", "Phone"),
                ("fax", "Fax"),
                ("email", "Email"),
                ("pager", "Pager"),
                ("url", "URL"),
                ("sms", "SMS"),
                ("other", "Other"),
            ],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/contact-point-use",
        &[(
            "http://hl7.org/fhir/contact-point-use",
            &[("home", "Home"), ("work", "Work"), ("temp", "Temp"), ("old", "Old"), ("mobile", "Mobile")],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/days-of-week",
        &[(
            "http://hl7.org/fhir/days-of-week",
            &[
                ("mon", "Monday"),
                ("tue", "Tuesday"),
                ("wed", "Wednesday"),
                ("thu", "Thursday"),
                ("fri", "Friday"),
                ("sat", "Saturday"),
                ("sun", "Sunday"),
            ],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/request-intent",
        &[(
            "http://hl7.org/fhir/request-intent",
            &[
                ("proposal", "Proposal"),
                ("plan", "Plan"),
                ("directive", "Directive"),
                ("order", "Order"),
                ("original-order", "Original Order"),
                ("reflex-order", "Reflex Order"),
                ("filler-order", "Filler Order"),
                ("instance-order", "Instance Order"),
                ("option", "Option"),
            ],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/request-priority",
        &[(
            "http://hl7.org/fhir/request-priority",
            &[("routine", "Routine"), ("urgent", "Urgent"), ("asap", "ASAP"), ("stat", "STAT")],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/request-status",
        &[(
            "http://hl7.org/fhir/request-status",
            &[
                ("draft", "Draft"),
                ("active", "Active"),
                ("on-hold", "On Hold"),
                ("revoked", "Revoked"),
                ("completed", "Completed"),
                ("entered-in-error", "Entered in Error"),
                ("unknown", "Unknown"),
            ],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/observation-status",
        &[(
            "http://hl7.org/fhir/observation-status",
            &[
                ("registered", "Registered"),
                ("preliminary", "Preliminary"),
                ("final", "Final"),
                ("amended", "Amended"),
                ("corrected", "Corrected"),
                ("cancelled", "Cancelled"),
                ("entered-in-error", "Entered in Error"),
                ("unknown", "Unknown"),
            ],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/observation-category",
        &[(
            "http://terminology.hl7.org/CodeSystem/observation-category",
            &[
                ("social-history", "Social History"),
                ("vital-signs", "Vital Signs"),
                ("imaging", "Imaging"),
                ("laboratory", "Laboratory"),
                ("procedure", "Procedure"),
                ("survey", "Survey"),
                ("exam", "Exam"),
                ("therapy", "Therapy"),
                ("activity", "Activity"),
            ],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/medicationrequest-status",
        &[(
            "http://hl7.org/fhir/CodeSystem/medicationrequest-status",
            &[
                ("active", "Active"),
                ("on-hold", "On Hold"),
                ("cancelled", "Cancelled"),
                ("completed", "Completed"),
                ("entered-in-error", "Entered in Error"),
                ("stopped", "Stopped"),
                ("draft", "Draft"),
                ("unknown", "Unknown"),
            ],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/medicationrequest-intent",
        &[(
            "http://hl7.org/fhir/CodeSystem/medicationrequest-intent",
            &[
                ("proposal", "Proposal"),
                ("plan", "Plan"),
                ("order", "Order"),
                ("original-order", "Original Order"),
                ("reflex-order", "Reflex Order"),
                ("filler-order", "Filler Order"),
                ("instance-order", "Instance Order"),
                ("option", "Option"),
            ],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/condition-clinical",
        &[(
            "http://terminology.hl7.org/CodeSystem/condition-clinical",
            &[
                ("active", "Active"),
                ("recurrence", "Recurrence"),
                ("relapse", "Relapse"),
                ("inactive", "Inactive"),
                ("remission", "Remission"),
                ("resolved", "Resolved"),
            ],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/condition-ver-status",
        &[(
            "http://terminology.hl7.org/CodeSystem/condition-ver-status",
            &[
                ("unconfirmed", "Unconfirmed"),
                ("provisional", "Provisional"),
                ("differential", "Differential"),
                ("confirmed", "Confirmed"),
                ("refuted", "Refuted"),
                ("entered-in-error", "Entered in Error"),
            ],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/condition-category",
        &[(
            "http://terminology.hl7.org/CodeSystem/condition-category",
            &[("problem-list-item", "Problem List Item"), ("encounter-diagnosis", "Encounter Diagnosis")],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/allergyintolerance-clinical",
        &[(
            "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
            &[("active", "Active"), ("inactive", "Inactive"), ("resolved", "Resolved")],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/allergyintolerance-verification",
        &[(
            "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification",
            &[
                ("unconfirmed", "Unconfirmed"),
                ("confirmed", "Confirmed"),
                ("refuted", "Refuted"),
                ("entered-in-error", "Entered in Error"),
            ],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/allergy-intolerance-criticality",
        &[(
            "http://hl7.org/fhir/allergy-intolerance-criticality",
            &[("low", "Low Risk"), ("high", "High Risk"), ("unable-to-assess", "Unable to Assess Risk")],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/allergy-intolerance-type",
        &[("http://hl7.org/fhir/allergy-intolerance-type", &[("allergy", "Allergy"), ("intolerance", "Intolerance")])],
    ),
    (
        "http://hl7.org/fhir/ValueSet/allergy-intolerance-category",
        &[(
            "http://hl7.org/fhir/allergy-intolerance-category",
            &[("food", "Food"), ("medication", "Medication"), ("environment", "Environment"), ("biologic", "Biologic")],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/reaction-event-severity",
        &[(
            "http://hl7.org/fhir/reaction-event-severity",
            &[("mild", "Mild"), ("moderate", "Moderate"), ("severe", "Severe")],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/event-status",
        &[(
            "http://hl7.org/fhir/event-status",
            &[
                ("preparation", "Preparation"),
                ("in-progress", "In Progress"),
                ("not-done", "Not Done"),
                ("on-hold", "On Hold"),
                ("stopped", "Stopped"),
                ("completed", "Completed"),
                ("entered-in-error", "Entered in Error"),
                ("unknown", "Unknown"),
            ],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/encounter-status",
        &[(
            "http://hl7.org/fhir/encounter-status",
            &[
                ("planned", "Planned"),
                ("arrived", "Arrived"),
                ("triaged", "Triaged"),
                ("in-progress", "In Progress"),
                ("onleave", "On Leave"),
                ("finished", "Finished"),
                ("cancelled", "Cancelled"),
                ("entered-in-error", "Entered in Error"),
                ("unknown", "Unknown"),
            ],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/history-status",
        &[(
            "http://hl7.org/fhir/history-status",
            &[
                ("partial", "Partial"),
                ("completed", "Completed"),
                ("entered-in-error", "Entered in Error"),
                ("health-unknown", "Health Unknown"),
            ],
        )],
    ),
    (
        "http://hl7.org/fhir/ValueSet/medication-statement-status",
        &[(
            "http://hl7.org/fhir/CodeSystem/medication-statement-status",
            &[
                ("active", "Active"),
                ("completed", "Completed"),
                ("entered-in-error", "Entered in Error"),
                ("intended", "Intended"),
                ("stopped", "Stopped"),
                ("on-hold", "On Hold"),
                ("unknown", "Unknown"),
                ("not-taken", "Not Taken"),
            ],
        )],
    ),
    // HL7 Terminology, https://build.fhir.org/ig/HL7/UTG/ValueSet-v2-0136.json
    (
        "http://terminology.hl7.org/ValueSet/v2-0136",
        &[("http://terminology.hl7.org/CodeSystem/v2-0532", &[("Y", "Yes"), ("N", "No")])],
    ),
    // HL7 Terminology, https://build.fhir.org/ig/HL7/UTG/ValueSet-yes-no-unknown-not-asked.json
    (
        "http://terminology.hl7.org/ValueSet/yes-no-unknown-not-asked",
        &[(
            "http://terminology.hl7.org/CodeSystem/v2-0532",
            &[("Y", "Yes"), ("N", "No"), ("ASKU", "Unknown"), ("NASK", "Not Asked")],
        )],
    ),
];

/// The answers of a published value set, by its address without a version.
pub(super) fn answers(address: &str) -> Option<Vec<AnswerOption>> {
    let (_, parts) = SETS.iter().find(|(url, _)| *url == address)?;
    let option = |system: &str, (code, text): &Concept| AnswerOption {
        code: (*code).into(),
        system: system.into(),
        text: (*text).into(),
        ..AnswerOption::default()
    };
    Some(parts.iter().flat_map(|(system, concepts)| concepts.iter().map(|c| option(system, c))).collect())
}
