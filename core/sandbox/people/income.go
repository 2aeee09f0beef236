package people

// The payroll data of a custom user is read for its mistakes alone: the practice
// bank has no product that tells of it.

var employerShape = object(map[string]shape{"name": text, "address": placeShape})

var employeeShape = object(map[string]shape{
	"name": text, "address": placeShape, "marital_status": text,
	"taxpayer_id": object(map[string]shape{"id_type": text, "id_mask": text}),
})

// lineShape is a line of a paystub, or its total.
var lineShape = object(map[string]shape{
	"canonical_description": text, "current_amount": number, "description": text, "hours": number, "currency": text,
	"rate": number, "ytd_amount": number,
})

var paystubShape = object(map[string]shape{
	"employer": employerShape,
	"employee": employeeShape,
	"income_breakdown": list(object(map[string]shape{
		"type": text, "rate": number, "hours": number, "total": number,
	})),
	"net_pay":    lineShape,
	"deductions": object(map[string]shape{"breakdown": list(lineShape), "total": lineShape}),
	"earnings":   object(map[string]shape{"breakdown": list(lineShape), "total": lineShape}),
	"pay_period_details": object(map[string]shape{
		"check_amount": number,
		"distribution_breakdown": list(object(map[string]shape{
			"account_name": text, "bank_name": text, "current_amount": number, "currency": text, "mask": text, "type": text,
		})),
		"end_date": date, "gross_earnings": number, "pay_date": date, "pay_frequency": text, "pay_day": date, "start_date": date,
	}),
})

var w2Shape = object(map[string]shape{
	"employer": employerShape,
	"employee": employeeShape,
	"tax_year": text, "employer_id_number": text, "wages_tips_other_comp": text, "federal_income_tax_withheld": text,
	"social_security_wages": text, "social_security_tax_withheld": text, "medicare_wages_and_tips": text,
	"medicare_tax_withheld": text, "social_security_tips": text, "allocated_tips": text, "box_9": text,
	"dependent_care_benefits": text, "nonqualified_plans": text,
	"box_12":             list(object(map[string]shape{"code": text, "amount": text})),
	"statutory_employee": text, "retirement_plan": text, "third_party_sick_pay": text, "other": text,
	"state_and_local_wages": list(object(map[string]shape{
		"state": text, "employer_state_id_number": text, "state_wages_tips": text, "state_income_tax": text,
		"local_wages_tips": text, "local_income_tax": text, "locality_name": text,
	})),
})
