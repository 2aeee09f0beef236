package sandbox

import (
	"bankbook/core/sandbox/transfer"
	"bankbook/core/sandbox/wire"
)

type testClockRequest struct {
	Time string `json:"virtual_time"`
}

type testClockResponse struct {
	Clock     wireClock `json:"test_clock"`
	RequestID string    `json:"request_id"`
}

type wireClock struct {
	ID   string `json:"test_clock_id"`
	Time string `json:"virtual_time"`
}

func showClock(c *transfer.Clock) wireClock { return wireClock{c.ID, wire.Stamp(c.Time)} }

// testClockCreate answers /sandbox/transfer/test_clock/create.
func (s *Server) testClockCreate(id string, req testClockRequest) (resp testClockResponse, err error) {
	at, err := instantOf("virtual_time", req.Time)
	if err != nil {
		return resp, err
	}
	err = s.moveMoney(func(d *transfer.Desk) error {
		resp = testClockResponse{showClock(d.CreateClock(at)), id}
		return nil
	})
	return resp, err
}

type testClockAdvanceRequest struct {
	ID   string `json:"test_clock_id"`
	Time string `json:"new_virtual_time"`
}

// testClockAdvance answers /sandbox/transfer/test_clock/advance.
func (s *Server) testClockAdvance(id string, req testClockAdvanceRequest) (resp doneResponse, err error) {
	at, err := instantOf("new_virtual_time", req.Time)
	if err != nil {
		return resp, err
	}
	return doneResponse{id}, s.moveMoney(func(d *transfer.Desk) error { return d.AdvanceClock(req.ID, at) })
}

type testClockIDRequest struct {
	ID string `json:"test_clock_id"`
}

// testClockGet answers /sandbox/transfer/test_clock/get.
func (s *Server) testClockGet(id string, req testClockIDRequest) (resp testClockResponse, err error) {
	err = s.viewMoney(func(st *transfer.State) error {
		c := st.Clock(req.ID)
		if c == nil {
			return wire.Field("test_clock_id", "does not exist")
		}
		resp = testClockResponse{showClock(c), id}
		return nil
	})
	return resp, err
}

type testClockListRequest struct {
	From   string `json:"start_virtual_time"`
	To     string `json:"end_virtual_time"`
	Count  *int   `json:"count"`
	Offset int    `json:"offset"`
}

type testClockListResponse struct {
	Clocks    []wireClock `json:"test_clocks"`
	RequestID string      `json:"request_id"`
}

// testClockList answers /sandbox/transfer/test_clock/list.
func (s *Server) testClockList(id string, req testClockListRequest) (resp testClockListResponse, err error) {
	page, err := pageRequest(req).page()
	if err != nil {
		return resp, err
	}
	resp = testClockListResponse{Clocks: []wireClock{}, RequestID: id}
	err = s.viewMoney(func(st *transfer.State) error {
		for _, c := range st.ClocksBetween(page) {
			resp.Clocks = append(resp.Clocks, showClock(c))
		}
		return nil
	})
	return resp, err
}
